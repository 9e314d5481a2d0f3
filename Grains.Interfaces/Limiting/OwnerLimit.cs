namespace OrleansChat.Limiting;

/// <summary>One of the limits on what a conversation's replies may take.</summary>
[GenerateSerializer, Alias("OrleansChat.OwnerLimit")]
public enum OwnerLimit
{
    /// <summary><see cref="OwnerLimits.ConcurrentReplies"/>.</summary>
    ConcurrentReplies,

    /// <summary><see cref="OwnerLimits.TokensPerDay"/>.</summary>
    TokensPerDay,
}
