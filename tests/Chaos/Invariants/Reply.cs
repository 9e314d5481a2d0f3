using System.Text;

namespace OrleansChat.Chaos.Invariants;

/// <summary>A reply as a history tells it.</summary>
/// <param name="Id">Its message's id.</param>
/// <param name="Question">How many messages came before it, the one that it answers included.</param>
internal sealed record Reply(string Id, int Question)
{
    private readonly StringBuilder text = new();

    /// <summary>What it says, as it stands now.</summary>
    public string Text => text.ToString();

    /// <summary>The type of the event that ended it; null while it runs.</summary>
    public string? End { get; private set; }

    /// <summary>How often it was taken over.</summary>
    public int TakeOvers { get; private set; }

    internal void Add(string piece) => text.Append(piece);

    internal void TakeOver(JournalEvent next)
    {
        TakeOvers = next.Attempt;
        if (next.Type == JournalEvent.Restarted)
        {
            text.Clear();
        }
    }

    internal void EndWith(string type) => End = type;
}
