using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>What the store has to say.</summary>
internal static partial class FilesStoreLog
{
    [LoggerMessage(1, LogLevel.Warning, "{File} ended within a line, as a write that was cut off leaves it: {Cut} bytes were removed, {Kept} kept.")]
    public static partial void TornLineCut(this ILogger logger, string file, long cut, long kept);

    [LoggerMessage(2, LogLevel.Warning, "{File} ended within a commit, as a write that was cut off leaves it: {Cut} bytes were removed, {Kept} kept.")]
    public static partial void TornCommitCut(this ILogger logger, string file, long cut, long kept);

    [LoggerMessage(3, LogLevel.Warning, "The log of running replies could not be cleared of what is not needed any more. It is tried again later.")]
    public static partial void LiveLogNotCleared(this ILogger logger, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "Conversation {Conversation} is damaged and left out: {Damage}")]
    public static partial void DamagedLeftOut(this ILogger logger, ConversationKey conversation, string damage);

    [LoggerMessage(5, LogLevel.Information, "The directory was of an earlier layout; {Count} files of running replies were taken over into the log.")]
    public static partial void PreviousLayoutTakenOver(this ILogger logger, int count);
}
