namespace Orleans.StandIn.Activations;

/// <summary>Where an activation is in its life.</summary>
internal enum ActivationState
{
    /// <summary>It does not take requests yet; they wait.</summary>
    Activating,

    /// <summary>It runs requests.</summary>
    Valid,

    /// <summary>It ends what runs; what waits goes to the next activation.</summary>
    Deactivating,

    /// <summary>It is gone.</summary>
    Invalid,
}
