using System.Collections.Immutable;

namespace OrleansChat.Dialects.Html.Messages;

/// <summary>A page of messages with their content as HTML.</summary>
/// <param name="Data">The messages.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Head">The conversation's head.</param>
/// <param name="Sequence">The cursor from which on the events tell all that is not here, and perhaps some that is.</param>
internal sealed record RenderedMessageListView(ImmutableArray<RenderedMessageView> Data, bool HasMore, string? Head, long Sequence);
