namespace OrleansChat.Chaos.Scenarios;

/// <summary>When, in the life of a reply, its silo is killed.</summary>
internal enum KillPoint
{
    /// <summary>The messages have reached the silo, which has not looked at them.</summary>
    BeforeAccept,

    /// <summary>Every message was answered with 202, and no token has come.</summary>
    AfterAccept,

    /// <summary>Everybody has the first token.</summary>
    FirstDelta,

    /// <summary>Everybody has half of the tokens.</summary>
    Middle,

    /// <summary>Everybody has all tokens but the last, which is stored together with the end.</summary>
    BeforeEnd,

    /// <summary>Everybody has seen the end. What counts is the next message.</summary>
    AfterEnd,
}
