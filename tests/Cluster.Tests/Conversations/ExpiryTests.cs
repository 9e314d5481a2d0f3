using System.Collections.Immutable;
using Orleans.Core.Internal;
using OrleansChat.Conversations;
using OrleansChat.Search;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>What the sweep that deletes idle conversations asks of their grains, which have the last word.</summary>
public class ExpiryTests
{
    [Fact]
    public async Task A_conversation_expires_only_where_it_stands_and_never_while_it_replies()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var id = await cluster.CreateOnAsync(cluster.Silos.Silos[0]);
        var grain = cluster.Grain(id);
        await grain.Update(OwnerId.Local, new UpdateConversation { SetTitle = true, Title = "Findable" });
        Assert.Equal(2, (await grain.Get(OwnerId.Local))!.Sequence);

        Assert.False(await grain.Expire(OwnerId.Local, 1));
        Assert.False(await grain.Expire(OwnerId.TryParse("stranger", out var stranger) ? stranger : default, 2));
        await grain.Send(OwnerId.Local, new SendMessage("go", null));
        var reply = await cluster.Model.NextReplyAsync();
        Assert.False(await grain.Expire(OwnerId.Local, 4));
        reply.Complete();
        while ((await grain.Get(OwnerId.Local))!.Status == ConversationStatus.Replying)
        {
            await reply.Left;
        }

        // Also by an activation that has to look first.
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.True(await grain.Expire(OwnerId.Local, 5));

        Assert.Null(await grain.Get(OwnerId.Local));
        Assert.Empty(await cluster.Store.ListAsync(OwnerId.Local, 10, null, default));
        Assert.True(SearchQuery.TryParse("findable", out var query));
        Assert.Empty((await cluster.Store.SearchAsync(OwnerId.Local, query, 10, null, default)).Matches);
        Assert.False(await grain.Expire(OwnerId.Local, 5));
    }

    [Fact]
    public async Task An_import_is_whole_and_a_repeated_one_is_told_that_it_exists()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Grain(ConversationId.New(TimeProvider.System).Value);
        var request = new ImportConversation(
            "Imported",
            "unknown",
            null,
            ImmutableSortedDictionary<string, string>.Empty,
            DateTimeOffset.UnixEpoch,
            [
                new ImportedMessage(null, MessageRole.User, "Why?", MessageStatus.Completed, null, null, null, null, null),
                new ImportedMessage(0, MessageRole.Assistant, "Because.", MessageStatus.Completed, null, "m", "stop", null, null),
                new ImportedMessage(0, MessageRole.Assistant, "", MessageStatus.Interrupted, null, "m", null, null, null),
            ]);

        Assert.IsType<CreateResult.NotFound>(await grain.Import(OwnerId.TryParse("stranger", out var stranger) ? stranger : default, request));
        var created = Assert.IsType<CreateResult.Created>(await grain.Import(OwnerId.Local, request)).Conversation;
        Assert.IsType<CreateResult.Exists>(await grain.Import(OwnerId.Local, request));

        Assert.Equal(("Imported", "scripted", DateTimeOffset.UnixEpoch), (created.Title, created.Model, created.CreatedAt));
        Assert.Equal(ConversationStatus.Idle, created.Status);
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        var page = Assert.IsType<MessagesResult.Page>(await grain.GetMessages(OwnerId.Local, new MessagesQuery(10) { AllBranches = true }));
        Assert.Equal(["Why?", "Because.", ""], page.Messages.Select(message => message.Content));
        Assert.Equal([null, page.Messages[0].Id, page.Messages[0].Id], page.Messages.Select(message => message.Parent));
    }
}
