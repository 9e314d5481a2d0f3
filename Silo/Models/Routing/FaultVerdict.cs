namespace OrleansChat.Models.Routing;

/// <summary>What a fault before the first token means for what to do next.</summary>
internal enum FaultVerdict
{
    /// <summary>The endpoint may answer when it is asked again.</summary>
    Retry,

    /// <summary>This endpoint will not answer this request, but another may: its key, its model or its address is wrong, or it has had all its time.</summary>
    MoveOn,

    /// <summary>The request is at fault, and would be everywhere.</summary>
    Stand,
}
