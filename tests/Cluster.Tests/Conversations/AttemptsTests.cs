using System.Collections.Immutable;
using Orleans.Core.Internal;
using OrleansChat.Attempts;
using OrleansChat.Conversations;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Which requests are repetitions, also when whoever knew is gone.</summary>
public class AttemptsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Names_count_on_and_a_call_that_is_repeated_gets_its_own_again()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f1");

        var first = await grain.Begin(OwnerId.Local, "call 1", 0, false);
        var second = await grain.Begin(OwnerId.Local, "call 2", 0, false);

        Assert.StartsWith("auto:f1:", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal(first, await grain.Begin(OwnerId.Local, "call 1", 0, false));
        Assert.Equal(second, await grain.Begin(OwnerId.Local, "call 3", 1, false));
        Assert.NotEqual(second, await grain.Begin(OwnerId.TryParse("stranger", out var stranger) ? stranger : default, "call 4", 1, false));
    }

    [Fact]
    public async Task What_an_activation_forgot_is_found_in_the_conversations_that_it_led_to()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f2");
        var started = await StartAsync(cluster, await grain.Begin(OwnerId.Local, "call 1", 0, false));

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(started, await grain.Begin(OwnerId.Local, "call 3", 1, false));
        Assert.NotEqual(started, await grain.Begin(OwnerId.Local, "call 4", 0, false));

        // Its reply runs, and so nobody has the answer.
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(started, await grain.Begin(OwnerId.Local, "call 5", null, false));
        Assert.NotEqual(started, await grain.Begin(OwnerId.Local, "call 6", null, false));
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_is_repeated_by_one_that_does_not_count()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f3");
        var name = await grain.Begin(OwnerId.Local, "call 1", null, false);

        Assert.NotEqual(name, await grain.Begin(OwnerId.Local, "call 2", null, false));
        await grain.Lose(OwnerId.Local, name, Patience);

        Assert.Equal(name, await grain.Begin(OwnerId.Local, "call 3", null, false));
    }

    [Fact]
    public async Task One_that_comes_before_it_is_known_that_the_answer_was_lost_waits_for_that()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f4");
        var name = await grain.Begin(OwnerId.Local, "call 1", null, true);

        var repeated = grain.Begin(OwnerId.Local, "call 2", null, true);
        await grain.Lose(OwnerId.Local, name, Patience);

        Assert.Equal(name, await repeated);
        await grain.End(OwnerId.Local, name);
        Assert.NotEqual(name, await grain.Begin(OwnerId.Local, "call 3", null, true));
    }

    // A conversation with a reply that runs.
    private static async Task<string> StartAsync(ChatCluster cluster, string name)
    {
        var creation = cluster.Silos.GrainFactory.GetGrain<ICreationGrain>(CreationKey.Of(OwnerId.Local, name));
        var request = new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []) { Request = name, Transient = true };
        var created = Assert.IsType<CreateResult.Created>(await creation.Create(OwnerId.Local, request)).Conversation;
        var conversation = cluster.Silos.GrainFactory.GetGrain<IConversationGrain>(new ConversationKey(OwnerId.Local, created.Id).ToString());
        await conversation.Send(OwnerId.Local, new SendMessage("go", null, name));
        return name;
    }
}
