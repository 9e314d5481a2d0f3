using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
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

        var first = await BeginAsync(grain, "call 1", 0);
        var second = await BeginAsync(grain, "call 2", 0);

        Assert.StartsWith("auto:f1:", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal(first, await BeginAsync(grain, "call 1", 0));
        Assert.Equal(second, await BeginAsync(grain, "call 3", 1));
        Assert.NotEqual(second, await grain.Begin(OwnerId.TryParse("stranger", out var stranger) ? stranger : default, "call 4", 1, null));
    }

    [Fact]
    public async Task What_an_activation_forgot_is_found_in_the_conversations_that_it_led_to()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f2");
        var started = await StartAsync(cluster, await BeginAsync(grain, "call 1", 0));

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(started, await BeginAsync(grain, "call 3", 1));
        Assert.NotEqual(started, await BeginAsync(grain, "call 4", 0));

        // Its reply runs, and so nobody has the answer.
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(started, await BeginAsync(grain, "call 5", null));
        Assert.NotEqual(started, await BeginAsync(grain, "call 6", null));
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_is_repeated_by_one_that_does_not_count()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f3");
        var name = await BeginAsync(grain, "call 1", null);

        Assert.NotEqual(name, await BeginAsync(grain, "call 2", null));
        await grain.Lose(OwnerId.Local, name, Patience);

        Assert.Equal(name, await BeginAsync(grain, "call 3", null));
    }

    [Fact]
    public async Task One_that_comes_before_it_is_known_that_the_answer_was_lost_waits_for_that()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f4");
        var name = await grain.Begin(OwnerId.Local, "call 1", null, TimeSpan.Zero) ?? "";

        Assert.StartsWith("auto:f4:", name, StringComparison.Ordinal);
        Assert.Null(await grain.Begin(OwnerId.Local, "call 2", null, TimeSpan.Zero));
        await grain.Lose(OwnerId.Local, name, Patience);

        Assert.Equal(name, await grain.Begin(OwnerId.Local, "call 2", null, TimeSpan.FromMilliseconds(25)));
        await grain.End(OwnerId.Local, name);
        Assert.NotEqual(name, await grain.Begin(OwnerId.Local, "call 3", null, TimeSpan.Zero));
    }

    [Fact]
    public async Task Those_that_are_asked_at_once_wait_side_by_side_and_less_each_time()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f8");
        var (half, least) = (TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(50));
        var names = new List<string?> { await grain.Begin(OwnerId.Local, "call 1", null, TimeSpan.Zero) };

        // Nobody stands behind those that wait.
        Assert.Null(await grain.Begin(OwnerId.Local, "call 2", null, TimeSpan.Zero));
        Assert.Null(await grain.Begin(OwnerId.Local, "call 3", null, half));
        names.Add(await BeginAsync(grain, "call 4", null));
        names.Add(await grain.Begin(OwnerId.Local, "call 2", null, 2 * half));
        names.Add(await grain.Begin(OwnerId.Local, "call 3", null, half));
        foreach (var i in Enumerable.Range(5, 3))
        {
            names.Add(await grain.Begin(OwnerId.Local, $"call {i}", null, half));
        }

        Assert.Null(await grain.Begin(OwnerId.Local, "call 8", null, least / 2));
        names.Add(await grain.Begin(OwnerId.Local, "call 8", null, least));
        Assert.Equal(8, names.OfType<string>().Distinct().Count());

        // One repetition, and the next waits as long as the first.
        await grain.Lose(OwnerId.Local, names[0]!, Patience);
        Assert.Equal(names[0], await grain.Begin(OwnerId.Local, "call 9", null, TimeSpan.Zero));
        Assert.Null(await grain.Begin(OwnerId.Local, "call 10", null, half));
    }

    [Fact]
    public async Task What_an_activation_forgot_is_found_in_the_conversation_that_its_requests_go_to()
    {
        await using var cluster = await StartWithinAWindowAsync();
        var id = await cluster.CreateOnAsync(cluster.Silos.Silos[0]);
        var conversation = ConversationId.TryParse(id, out var parsed) ? parsed : default;
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f5");
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Add(await BeginAsync(grain, $"call {i}", 0, conversation));
        }

        // The second was refused, and nothing has its name.
        foreach (var name in new[] { names[0], names[2] })
        {
            var past = new PastMessage(MessageRole.User, "note");
            Assert.IsType<AppendResult.Appended>(await cluster.Grain(id).Append(OwnerId.Local, new AppendMessages([past]) { Request = name, Fingerprint = "f5" }));
        }

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(names[0], await BeginAsync(grain, "call 4", 1, conversation));
        Assert.Equal(names[1], await BeginAsync(grain, "call 5", 0, conversation));
        Assert.DoesNotContain(await BeginAsync(grain, "call 6", 0, conversation), names);
    }

    [Fact]
    public async Task Who_is_told_of_the_same_end_again_is_not_waited_for_any_longer()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f6");
        var name = await BeginAsync(grain, "call 1", null);
        await grain.Lose(OwnerId.Local, name, Patience);
        Assert.Equal(name, await BeginAsync(grain, "call 2", null));
        await grain.Lose(OwnerId.Local, name, TimeSpan.Zero);
        await grain.Lose(OwnerId.Local, name, Patience, isReplay: true);

        Assert.NotEqual(name, await BeginAsync(grain, "call 3", null));
    }

    [Fact]
    public async Task With_its_last_attempt_refused_an_activation_has_nothing_to_remember()
    {
        await using var cluster = await StartWithinAWindowAsync();
        var grain = cluster.Silos.GrainFactory.GetGrain<IAttemptsGrain>("local/f7");
        var (first, second) = (await BeginAsync(grain, "call 1", 0), await BeginAsync(grain, "call 2", 0));

        await grain.Forget(OwnerId.Local, first);
        var third = await BeginAsync(grain, "call 3", 0);
        Assert.DoesNotContain(third, new[] { first, second });
        await grain.Forget(OwnerId.Local, second);
        await grain.Forget(OwnerId.Local, third);

        // Another one counts from the beginning.
        Assert.Equal(first, await BeginAsync(grain, "call 4", 0));
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

    // Numbers begin anew with each ten minutes of the clock on the wall, in whose middle such a cluster starts.
    private static Task<ChatCluster> StartWithinAWindowAsync()
    {
        var clock = new MiddleOf(TimeSpan.FromMinutes(10));
        return ChatCluster.StartAsync(configure: silo => silo.Services.AddSingleton<TimeProvider>(clock));
    }

    // Of a client that does not repeat at once, which always gets a name.
    private static async Task<string> BeginAsync(IAttemptsGrain grain, string call, int? retry, ConversationId? conversation = null) =>
        Assert.IsType<string>(await grain.Begin(OwnerId.Local, call, retry, waited: null, conversation));

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

    private sealed class MiddleOf(TimeSpan window) : TimeProvider
    {
        private readonly TimeSpan shift = (window / 2) - TimeSpan.FromTicks(System.GetUtcNow().Ticks % window.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
