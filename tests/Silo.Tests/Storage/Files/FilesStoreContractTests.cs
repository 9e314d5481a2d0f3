using OrleansChat.Journal;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class FilesStoreContractTests : ConversationStoreContract
{
    private readonly TestDirectory directory = new();

    protected override Task<IConversationStore> OpenAsync() => Task.FromResult<IConversationStore>(directory.Open());

    protected override Task CleanAsync()
    {
        directory.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The same with every append flushed to the disk.</summary>
public sealed class DurableFilesStoreContractTests : ConversationStoreContract
{
    private readonly TestDirectory directory = new();

    protected override Task<IConversationStore> OpenAsync() => Task.FromResult<IConversationStore>(directory.Open(Durability.Machine));

    protected override Task CleanAsync()
    {
        directory.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The same with so few conversations open that each is closed and opened again all the time.</summary>
public sealed class CrowdedFilesStoreContractTests : ConversationStoreContract
{
    private readonly TestDirectory directory = new();

    protected override Task<IConversationStore> OpenAsync() => Task.FromResult<IConversationStore>(directory.Open(openConversations: 1));

    protected override Task CleanAsync()
    {
        directory.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The same with a log of tiny segments, of which as few as possible are kept.</summary>
public sealed class NarrowFilesStoreContractTests : ConversationStoreContract
{
    private readonly TestDirectory directory = new();

    protected override Task<IConversationStore> OpenAsync() => Task.FromResult<IConversationStore>(
        directory.Open(log: new LiveLogOptions { SegmentBytes = 500, FullSegments = 1, CommitBytes = 1 }));

    protected override Task CleanAsync()
    {
        directory.Dispose();
        return Task.CompletedTask;
    }
}
