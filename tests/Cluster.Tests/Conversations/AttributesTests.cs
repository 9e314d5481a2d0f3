using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Titles;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Changes of a conversation's attributes that come at the same time.</summary>
public class AttributesTests
{
    [Fact]
    public async Task A_title_that_is_just_being_stored_outlives_a_change_of_something_else()
    {
        HeldAppends held = null!;
        await using var cluster = await ChatCluster.StartAsync(
            before: store => HeldAppends.Before(store, next => next is ConversationUpdated { Title: "Skies" }, out held),
            configure: silo => silo.Services.Configure<TitleOptions>(options => options.Enabled = true));
        var grain = cluster.Grain(await cluster.CreateOnAsync(cluster.Silos.Silos[0]));
        await grain.Send(OwnerId.Local, new SendMessage("Why is the sky blue?", null));
        await AnswerAsync(cluster, "It scatters.");
        await AnswerAsync(cluster, "Skies");
        await held.Reached;

        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("topic", "physics");
        var changing = grain.Update(OwnerId.Local, new UpdateConversation { Metadata = metadata });

        // This one is answered between the turns of others, and so after that one's first.
        Assert.Null((await grain.Get(OwnerId.Local))!.Title);
        held.Release();

        var updated = Assert.IsType<UpdateResult.Updated>(await changing).Conversation;
        Assert.Equal(("Skies", "physics"), (updated.Title, updated.Metadata["topic"]));
    }

    private static async Task AnswerAsync(ChatCluster cluster, string text)
    {
        var reply = await cluster.Model.NextReplyAsync();
        reply.Emit(text);
        reply.Complete();
    }
}
