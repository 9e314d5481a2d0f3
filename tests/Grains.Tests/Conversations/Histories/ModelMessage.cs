namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A message as <see cref="ConversationModel"/> has it.</summary>
internal sealed class ModelMessage
{
    public required string Id { get; init; }

    public required ModelMessage? Parent { get; set; }

    public required string Role { get; init; }

    public bool IsReply => Role == "assistant";

    /// <summary>Whether what it replies to was deleted.</summary>
    public bool HasLostQuestion { get; set; }

    /// <summary>What another reply beside it, or to it, would be to; null for nothing.</summary>
    public ModelMessage? Question => !IsReply ? this : HasLostQuestion ? null : Parent;

    /// <summary>The calls that tools have answered with it; null unless it is theirs.</summary>
    public IReadOnlyList<string>? Answers { get; init; }

    public string Text { get; set; } = "";

    public string Thought { get; set; } = "";

    public string Refusal { get; set; } = "";

    /// <summary>The arguments of each tool call.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The ids of the tool calls, where they were made elsewhere.</summary>
    public IReadOnlyList<string>? CallIds { get; init; }

    public string Status { get; set; } = "completed";

    /// <summary>The message and those before it, the first first.</summary>
    public IEnumerable<ModelMessage> Path => (Parent?.Path ?? []).Append(this);

    /// <summary>The calls that wait for an answer after it.</summary>
    public IEnumerable<string> OpenCalls =>
        Answers is not null ? (Parent?.OpenCalls ?? []).Except(Answers)
        : IsReply && Status == "completed" ? CallIds ?? Calls.Select((_, index) => $"{Id}-{index}")
        : [];

    public override string ToString() =>
        $"{Id}<{Parent?.Id} {Role} {Status} "
        + Describe(Text, Thought, Refusal, Calls, Answers ?? []);

    /// <summary>What a message consists of, as both sides and their client tell it.</summary>
    public static string Describe(string text, string thought, string? refusal, IEnumerable<string> calls, IEnumerable<string> answers) =>
        $"'{text}' '{thought}' '{refusal}' [{string.Join('|', calls)}] [{string.Join('|', answers)}]";
}
