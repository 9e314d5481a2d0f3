using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>What the store has to say.</summary>
internal static partial class FilesStoreLog
{
    [LoggerMessage(1, LogLevel.Warning, "{File} ended within a line, as a write that was cut off leaves it: {Cut} bytes were removed, {Kept} kept.")]
    public static partial void TornLineCut(this ILogger logger, string file, long cut, long kept);

    [LoggerMessage(2, LogLevel.Warning, "{File} could not be deleted. Nothing in it counts any more; it goes when the conversation is next opened.")]
    public static partial void LiveFileRemains(this ILogger logger, Exception failure, string file);

    [LoggerMessage(3, LogLevel.Warning, "{File} could not be deleted. It is looked at again with the next search for unfinished replies.")]
    public static partial void MarkerRemains(this ILogger logger, Exception failure, string file);

    [LoggerMessage(4, LogLevel.Error, "Conversation {Conversation} is damaged and left out: {Damage}")]
    public static partial void DamagedLeftOut(this ILogger logger, ConversationKey conversation, string damage);
}
