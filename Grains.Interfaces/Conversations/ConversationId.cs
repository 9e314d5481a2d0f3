using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OrleansChat.Conversations;

/// <summary>
/// Names a conversation within its owner: <c>conv_</c> and 26 characters of lower-case Crockford base 32
/// (https://www.crockford.com/base32.html), the layout of a ULID: 48 bits of Unix milliseconds, 80 random bits.
/// Ordinal order is the order of creation.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationId")]
public readonly record struct ConversationId
{
    private const string Prefix = "conv_";
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Digits = 26;
    private const int TailDigits = 16;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);
    private static readonly Lock Gate = new();
    private static UInt128 latest;

    private ConversationId(string value) => Value = value;

    /// <summary>The id as text.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>The last 16 characters, which do not tell the time.</summary>
    public string Tail => Value[^TailDigits..];

    /// <summary>A new id, greater than every other that this process has made.</summary>
    public static ConversationId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits[6..]);
        var random = BinaryPrimitives.ReadUInt128BigEndian(bits) & ((UInt128.One << 80) - 1);
        var fresh = ((UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 80) | random;
        lock (Gate)
        {
            // Two ids of one millisecond, or a clock set back, must not change the order of creation.
            latest = fresh > latest ? fresh : latest + 1;
            fresh = latest;
        }

        return Encode(fresh);
    }

    /// <summary>
    /// A new id with a tail of the caller's making (<see cref="Tail"/>), by which the conversation can be found again. Among others
    /// of the same millisecond it comes anywhere.
    /// </summary>
    /// <param name="clock">The time.</param>
    /// <param name="tail">What <see cref="TailOf"/> gives.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static ConversationId New(TimeProvider clock, string tail)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var time = Encode((UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 80).Value[..^TailDigits];
        return TryParse(time + tail, out var id) ? id : throw new ArgumentException($"'{tail}' is no tail.", nameof(tail));
    }

    /// <summary>How an id ends that is to be found again: 16 characters.</summary>
    /// <param name="tail">80 bits; where they are not random, a hash.</param>
    public static string TailOf(UInt128 tail) => Encode(tail).Tail;

    /// <summary>Reads a conversation id; false when <paramref name="text"/> is not exactly of the form above.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConversationId id)
    {
        id = default;
        if (text is not { Length: 5 + Digits } || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (text.AsSpan(Prefix.Length).ContainsAnyExcept(Allowed))
        {
            return false;
        }

        id = new ConversationId(text);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    private static ConversationId Encode(UInt128 value) => new(string.Create(Prefix.Length + Digits, value, static (text, bits) =>
    {
        Prefix.CopyTo(text);
        for (var i = text.Length - 1; i >= Prefix.Length; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }
    }));
}
