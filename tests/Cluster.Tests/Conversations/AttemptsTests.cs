using System.Collections.Immutable;
using System.Net;
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

    [Fact]
    public async Task What_an_activation_forgot_is_found_in_the_conversation_that_its_requests_go_to()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var id = await cluster.CreateOnAsync(cluster.Silos.Silos[0]);
        var conversation = ConversationId.TryParse(id, out var parsed) ? parsed : default;
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f5");
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Add(await grain.Begin(OwnerId.Local, $"call {i}", 0, false, conversation));
        }

        // The second was refused, and nothing has its name.
        foreach (var name in new[] { names[0], names[2] })
        {
            var past = new PastMessage(MessageRole.User, "note");
            Assert.IsType<AppendResult.Appended>(await cluster.Grain(id).Append(OwnerId.Local, new AppendMessages([past]) { Request = name, Fingerprint = "f5" }));
        }

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(names[0], await grain.Begin(OwnerId.Local, "call 4", 1, false, conversation));
        Assert.Equal(names[1], await grain.Begin(OwnerId.Local, "call 5", 0, false, conversation));
        Assert.DoesNotContain(await grain.Begin(OwnerId.Local, "call 6", 0, false, conversation), names);
    }

    [Fact]
    public async Task Who_is_told_of_the_same_end_again_is_not_waited_for_any_longer()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f6");
        var name = await grain.Begin(OwnerId.Local, "call 1", null, false);
        await grain.Lose(OwnerId.Local, name, Patience);
        Assert.Equal(name, await grain.Begin(OwnerId.Local, "call 2", null, false));
        await grain.Lose(OwnerId.Local, name, TimeSpan.Zero);
        await grain.Lose(OwnerId.Local, name, Patience, isReplay: true);

        Assert.NotEqual(name, await grain.Begin(OwnerId.Local, "call 3", null, false));
    }

    [Fact]
    public async Task With_its_last_attempt_refused_an_activation_has_nothing_to_remember()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f7");
        var (first, second) = (await grain.Begin(OwnerId.Local, "call 1", 0, false), await grain.Begin(OwnerId.Local, "call 2", 0, false));

        await grain.Forget(OwnerId.Local, first);
        var third = await grain.Begin(OwnerId.Local, "call 3", 0, false);
        Assert.DoesNotContain(third, new[] { first, second });
        await grain.Forget(OwnerId.Local, second);
        await grain.Forget(OwnerId.Local, third);

        // Another one counts from the beginning.
        Assert.Equal(first, await grain.Begin(OwnerId.Local, "call 4", 0, false));
    }

    [Fact]
    public async Task What_cannot_be_carried_out_is_not_remembered()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);

        await node.Api.PostAsync("/v1/chat/completions", new { messages = "none" }, HttpStatusCode.BadRequest);
        await node.Api.PostAsync("/v1/responses", new { input = 5 }, HttpStatusCode.BadRequest);
        await node.Api.PostAsync("/v1/responses", new { input = new[] { new { type = "function_call_output", call_id = "a", output = "1" } } }, HttpStatusCode.BadRequest);
        await node.Api.PostAsync("/v1/conversations", new { items = 5 }, HttpStatusCode.BadRequest);
        using var chat = await node.Api.RequestAsync(HttpMethod.Post, "/api/chat", new { messages = 5 });
        Assert.Equal(HttpStatusCode.BadRequest, chat.StatusCode);

        var active = await cluster.Silos.GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        Assert.DoesNotContain(active, statistic => statistic.GrainType.Contains("Attempts", StringComparison.Ordinal));
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
