using System.ComponentModel.DataAnnotations;
using OrleansChat.Conversations;

namespace OrleansChat.Limiting;

/// <summary>
/// How much is accepted, of one request, in one conversation and of one owner; configuration section <c>Limits</c>. Every process of a
/// cluster should have the same. Lengths are in UTF-16 characters.
/// </summary>
public sealed class LimitOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>The longest <see cref="MessageLength"/>, which is also how long the content of an imported message may be.</summary>
    public const int LongestMessage = 1_048_576;

    // A character of JSON that is escaped.
    private const int BytesPerCharacter = 6;

    /// <summary>A request's body, in bytes, 16 KiB to 64 MiB. Default 2 MiB: the longest message with every character escaped, and some room.</summary>
    [Range(16 * 1024, 64 * 1024 * 1024, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int BodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>
    /// The body of a request that brings a whole exchange along, in bytes, <see cref="BodyBytes"/> to 64 MiB: of <c>/api/chat</c>,
    /// <c>/v1/chat/completions</c>, <c>/v1/responses</c> and <c>/chat/stream</c>. Default 8 MiB.
    /// </summary>
    [Range(16 * 1024, 64 * 1024 * 1024, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int ExchangeBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The body of an import, in bytes, 16 KiB to 64 MiB. Default 16 MiB.</summary>
    [Range(16 * 1024, 64 * 1024 * 1024, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int ImportBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>A message's content, 1 to 1,048,576 characters. Default 262,144.</summary>
    [Range(1, LongestMessage, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int MessageLength { get; set; } = 262_144;

    /// <summary>Pairs of a conversation's metadata, 0 to 256. Default 16.</summary>
    [Range(0, 256, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int MetadataPairs { get; set; } = 16;

    /// <summary>A key of metadata, 1 to 512 characters. Default 64.</summary>
    [Range(1, 512, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int MetadataKeyLength { get; set; } = 64;

    /// <summary>A value of metadata, 1 to 16,384 characters. Default 512.</summary>
    [Range(1, 16_384, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int MetadataValueLength { get; set; } = 512;

    /// <summary>How many messages may wait in one conversation for replies to end, 1 to 1,000. Default 16.</summary>
    [Range(1, 1_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int QueuedMessages { get; set; } = 16;

    /// <summary>How many messages one conversation may have in its life, on all branches and deleted ones too, 2 to 1,000,000. Default 20,000.</summary>
    [Range(2, 1_000_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int HistoryMessages { get; set; } = 20_000;

    /// <summary>
    /// How many bytes (UTF-8) the messages of one conversation and the changes of its attributes may have in its life, deleted ones too, 64 KiB to
    /// 1 GiB. A reply that has begun goes past it. Default 64 MiB.
    /// </summary>
    [Range(64 * 1024, 1024L * 1024 * 1024, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public long HistoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>What each owner has who signs in.</summary>
    public OwnerLimitOptions Owner { get; set; } = new() { ConcurrentReplies = 16, RequestsPerMinute = 600, Connections = 64, TokensPerDay = 0 };

    /// <summary>What single owners have, by their ids in whatever case; what is not said here is as in <see cref="Owner"/>, or, for <c>local</c> where nobody signs in, not limited.</summary>
    public IDictionary<string, OwnerLimitOptions> Owners { get; } = new Dictionary<string, OwnerLimitOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What an owner has.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="nobodySignsIn">Whether <see cref="OwnerId.Local"/> is whoever is on this machine: then only what <see cref="Owners"/> says of him limits him.</param>
    public OwnerLimits For(OwnerId owner, bool nobodySignsIn)
    {
        var rest = nobodySignsIn && owner == OwnerId.Local ? OwnerLimitOptions.None : Owner;
        return Owners.Count > 0 && Owners.TryGetValue(owner.Value, out var own) ? own.Or(rest) : rest.ToLimits();
    }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BodyBytes < (long)BytesPerCharacter * MessageLength)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(BodyBytes)} is {BodyBytes}, too few for a message of {Section}:{nameof(MessageLength)}, {MessageLength} characters, of which each can take {BytesPerCharacter} bytes in JSON.");
        }

        if (ExchangeBytes < BodyBytes)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ExchangeBytes)} is {ExchangeBytes}, less than {Section}:{nameof(BodyBytes)}, {BodyBytes}: a whole exchange is no smaller than one of its messages.");
        }

        var mistakes = Owner.FindMistakes($"{Section}:{nameof(Owner)}")
            .Concat(Owners.SelectMany(own => own.Value.FindMistakes($"{Section}:{nameof(Owners)}:{own.Key}")))
            .Concat(Owners.Keys.Where(name => !OwnerId.TryParse(name, out _)).Select(name => $"{Section}:{nameof(Owners)}:{name}: '{name}' is no owner's id."));
        foreach (var mistake in mistakes)
        {
            yield return new ValidationResult(mistake);
        }
    }
}
