using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.OwnerFeeds;

/// <summary>
/// The one cursor of a connection that listens to all of an owner's conversations; opaque to clients: base64url of
/// <c>1;time;conversation=sequence;…</c>. It means the same on every node.
/// </summary>
/// <param name="Since">What changed before this was seen; of the servers' clocks, to the millisecond.</param>
/// <param name="Followed">The sequence reached in each conversation that is followed.</param>
internal sealed record OwnerCursor(DateTimeOffset Since, ImmutableSortedDictionary<string, long> Followed)
{
    private const string Version = "1";

    // Of the longest cursor that this product writes, and some room.
    private const int MaxLength = 2_048;

    /// <summary>Reads a cursor; false when this product has not written it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OwnerCursor? cursor)
    {
        cursor = null;
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(';');
        if (parts is not [Version, var time, .. var followed]
            || !WholeNumber.TryParse(time, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        var sequences = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var each in followed)
        {
            if (each.Split('=') is not [var id, var number]
                || !ConversationId.TryParse(id, out _)
                || !WholeNumber.TryParse(number, out var sequence)
                || !sequences.TryAdd(id, sequence))
            {
                return false;
            }
        }

        cursor = new OwnerCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), sequences.ToImmutable());
        return true;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder(Version).Append(';').Append(Since.ToUnixTimeMilliseconds());
        foreach (var (id, sequence) in Followed)
        {
            text.Append(';').Append(id).Append('=').Append(sequence);
        }

        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
