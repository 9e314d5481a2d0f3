using System.Text;

namespace OrleansChat.Conversations;

/// <summary>The text of a running reply, and how much of it there was at each of its events.</summary>
internal sealed class PartialText
{
    private readonly StringBuilder text = new();
    private readonly List<(long Sequence, int Length)> marks = [];

    /// <summary>How long the text is, in UTF-16 code units.</summary>
    public int Length => text.Length;

    /// <summary>The sequence of the event with which the text began, empty; 0 when there is no reply.</summary>
    public long First { get; private set; }

    /// <summary>Begins with no text.</summary>
    public void Begin(long sequence)
    {
        Clear();
        First = sequence;
    }

    /// <summary>Adds a piece.</summary>
    public void Append(long sequence, string piece)
    {
        text.Append(piece);
        marks.Add((sequence, text.Length));
    }

    /// <summary>How long the text was when an event had come; null when that is not an event since the text began.</summary>
    public int? LengthAt(long sequence)
    {
        if (First == 0 || sequence < First)
        {
            return null;
        }

        var found = marks.BinarySearch((sequence, int.MaxValue));
        var after = found < 0 ? ~found : found + 1;
        return after == 0 ? 0 : marks[after - 1].Length;
    }

    /// <summary>The text up to a length.</summary>
    public string UpTo(int length) => text.ToString(0, length);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        text.Clear();
        marks.Clear();
        First = 0;
    }

    /// <inheritdoc />
    public override string ToString() => text.ToString();
}
