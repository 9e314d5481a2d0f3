namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>How far somebody has read a reply.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Reply">The reply's id in it.</param>
/// <param name="Sequence">The sequence of the last event that was read.</param>
/// <param name="Text">The text up to there.</param>
public sealed record Place(string Conversation, string Reply, long Sequence, string Text)
{
    /// <summary>The number of the reply's id.</summary>
    public long ReplyNumber => long.Parse(Reply["msg_".Length..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The beginning of the same reply.</summary>
    public Place Beginning => this with { Sequence = ReplyNumber - 1, Text = "" };
}
