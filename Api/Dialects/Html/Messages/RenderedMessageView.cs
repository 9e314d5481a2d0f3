using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Dialects.Html.Rendering;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Html.Messages;

/// <summary>A message with its content as HTML.</summary>
/// <param name="Message">The message as the native API shows it.</param>
/// <param name="Blocks">The HTML of its content, block by block; of a running reply, the blocks that are finished.</param>
internal sealed record RenderedMessageView(MessageView Message, ImmutableArray<string> Blocks)
{
    /// <summary>The HTML of what comes after the blocks and still grows, of a running reply; null where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Open { get; init; }

    /// <summary>The request that a new message came with; null for stored ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Request { get; init; }

    /// <summary>Renders a message.</summary>
    public static RenderedMessageView Of(Message message)
    {
        var blocks = new BlockSplitter(message.Role == MessageRole.Assistant ? SafeMarkdown.OfModels : SafeMarkdown.OfPeople);
        blocks.Append(message.Content);
        if (message.Status != MessageStatus.InProgress)
        {
            blocks.Finish();
        }

        var finished = blocks.Finished.Select(blocks.Render).ToImmutableArray();
        return new RenderedMessageView(MessageView.Of(message), finished) { Open = new OpenBlock(blocks).Take()?.Html };
    }

    /// <summary>Renders a message that was just stored.</summary>
    public static RenderedMessageView Of(MessageCreated created) => Of(new Message
    {
        Id = created.Message,
        Parent = created.Parent,
        Role = created.Role,
        Content = created.Content,
        Status = MessageStatus.Completed,
        Sequence = created.Sequence,
        CreatedAt = created.At,
        Parts = created.Parts ?? [],
        ToolResults = created.ToolResults ?? [],
        ToolCalls = created.ToolCalls ?? [],
        Reasoning = created.Reasoning ?? [],
        Refusal = created.Refusal,
    }) with { Request = created.Request };
}
