using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Conversations;

/// <summary>Who a conversation belongs to: 1 to 128 of the characters <c>A-Z a-z 0-9 . _ - @</c>, starting with a letter or a digit.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.OwnerId")]
public readonly record struct OwnerId
{
    /// <summary>The longest owner id, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>The owner of every conversation as long as nobody signs in.</summary>
    public static readonly OwnerId Local = new("local");

    private OwnerId(string value) => Value = value;

    /// <summary>The id as text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>Reads an owner id; false when <paramref name="text"/> breaks the rule above.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OwnerId id)
    {
        id = default;
        if (text is not { Length: > 0 and <= MaxLength } || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '@'))
            {
                return false;
            }
        }

        id = new OwnerId(text);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
