using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>An item that a caller brings along.</summary>
internal abstract record InputItem
{
    private InputItem()
    {
    }

    /// <summary>A message.</summary>
    public sealed record Said(PastMessage Message) : InputItem;

    /// <summary>What a model thought.</summary>
    public sealed record Thought(ReasoningBlock Block) : InputItem;

    /// <summary>A function call.</summary>
    public sealed record Called(ToolCall Call) : InputItem;

    /// <summary>What came of one.</summary>
    public sealed record Answered(ToolResult Result) : InputItem;

    /// <summary>An item that is here already.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Place">Where the caller named it.</param>
    public sealed record Reference(ItemId Id, string Place) : InputItem;
}
