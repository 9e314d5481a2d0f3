namespace OrleansChat.Replies;

/// <summary>What a reply may hold at most.</summary>
public static class ReplyLimits
{
    /// <summary>How many tools one reply may call. A model that asks for more has lost its way.</summary>
    public const int ToolCalls = 128;
}
