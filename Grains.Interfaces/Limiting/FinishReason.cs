namespace OrleansChat.Limiting;

/// <summary>Why a reply ended whose model would have gone on.</summary>
public static class FinishReason
{
    /// <summary>The finish reason of a reply that was stopped because its owner's tokens of the day were spent.</summary>
    public const string Budget = "budget";
}
