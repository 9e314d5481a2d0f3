namespace OrleansChat.Replies;

/// <summary>What a reply may hold at most.</summary>
public static class ReplyLimits
{
    /// <summary>How many tools one reply may call. A model that asks for more has lost its way.</summary>
    public const int ToolCalls = 128;

    /// <summary>
    /// How many characters, thinking and arguments of calls included, one reply may have: twice what a million tokens make. An endpoint that goes on
    /// beyond that would fill whatever it is given.
    /// </summary>
    public const int Characters = 8 * 1024 * 1024;
}
