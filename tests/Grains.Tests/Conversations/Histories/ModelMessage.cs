namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A message as <see cref="ConversationModel"/> has it.</summary>
internal sealed class ModelMessage
{
    public required string Id { get; init; }

    public required ModelMessage? Parent { get; init; }

    public required bool IsReply { get; init; }

    public string Text { get; set; } = "";

    public string Status { get; set; } = "completed";

    /// <summary>The message and those before it, the first first.</summary>
    public IEnumerable<ModelMessage> Path => (Parent?.Path ?? []).Append(this);

    public override string ToString() => $"{Id}<{Parent?.Id} {(IsReply ? "assistant" : "user")} {Status} '{Text}'";
}
