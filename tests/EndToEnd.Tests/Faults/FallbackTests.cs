using OrleansChat.Testing;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>Endpoints that die under load: no reply is lost that has not begun, none is spliced that has, and nothing is asked for twice.</summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private const int Replies = 200;

    private readonly TemporaryDirectory directory = new();
    private readonly RecordedUpstream dying = new();
    private readonly RecordedUpstream living = new();
    private readonly Recording recording = RecordedDialects.OpenAi;
    private FaultProxy proxy = null!;
    private ProductProcess product = null!;

    public async Task InitializeAsync()
    {
        proxy = new FaultProxy(dying.Endpoint);
        product = await ProductProcess.StartAsync(
            directory.Path,
            ("Models__pair__Provider", "openai"),
            ("Models__pair__Endpoints__0__Endpoint", $"{proxy.Endpoint}"),
            ("Models__pair__Endpoints__1__Endpoint", $"{living.Endpoint}"),
            ("Models__pair__Retry__Attempts", "2"),
            ("Models__first__Provider", "openai"),
            ("Models__first__Endpoint", $"{proxy.Endpoint}"),
            ("Models__first__Retry__Attempts", "1"),
            ("Models__first__Fallbacks__0", "second"),
            ("Models__second__Provider", "openai"),
            ("Models__second__Endpoint", $"{living.Endpoint}"));
    }

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        await proxy.DisposeAsync();
        await dying.DisposeAsync();
        await living.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("pair")]
    [InlineData("first")]
    public async Task An_endpoint_that_dies_before_it_has_answered_costs_no_reply(string model)
    {
        // Nobody who asks the dying endpoint gets a byte, and the other waits until all have asked.
        var all = new Countdown(Replies);
        var gate = new Gate();
        dying.Respond = _ => all.Count(new RecordedAnswer(recording, Fault.Stall(0)));
        living.Respond = _ => all.Count(new RecordedAnswer(recording, Fault.None with { BeforeFirstByte = gate }));
        var replies = Enumerable.Range(0, Replies).Select(_ => AskAsync(model)).ToList();
        await all.Reached.WaitAsync(TestLimits.Signal);
        var lost = dying.RequestCount;
        Assert.InRange(lost, 1, Replies);

        await proxy.DisposeAsync();
        gate.Open();

        var seen = await Task.WhenAll(replies).WaitAsync(TestLimits.Signal);
        Assert.All(seen, reply => Assert.Equal(recording.Whole, reply));
        Assert.Equal((lost, Replies), (dying.RequestCount, living.RequestCount));
    }

    [Fact]
    public async Task An_endpoint_that_dies_within_its_answers_fails_those_and_no_others()
    {
        var begun = recording.Events.First(e => e.Text.Length > 0).End;
        dying.Respond = _ => new RecordedAnswer(recording, Fault.Stall(begun));
        living.Respond = _ => new RecordedAnswer(recording, Fault.None);
        var readers = await Task.WhenAll(Enumerable.Range(0, Replies).Select(_ => BeginAsync("pair"))).WaitAsync(TestLimits.Signal);

        await proxy.DisposeAsync();

        var seen = await Task.WhenAll(readers.Select(EndAsync)).WaitAsync(TestLimits.Signal);
        Assert.InRange(dying.RequestCount, 1, Replies - 1);
        Assert.Equal(dying.RequestCount, seen.Count(reply => reply == recording.Cut(begun, FaultEnding.Reset)));
        Assert.Equal(living.RequestCount, seen.Count(reply => reply == recording.Whole));
        Assert.Equal(Replies, dying.RequestCount + living.RequestCount);
    }

    private async Task<ExpectedReply> AskAsync(string model) => await EndAsync(await OpenAsync(model));

    private async Task<SseConnection> BeginAsync(string model)
    {
        var reader = await OpenAsync(model);
        await reader.UntilAsync("reply.delta");
        return reader;
    }

    private async Task<SseConnection> OpenAsync(string model) =>
        await product.Api.SendAndFollowAsync(await product.Api.CreateAsync(new { model }), "Hi");

    private static async Task<ExpectedReply> EndAsync(SseConnection reader)
    {
        using (reader)
        {
            await reader.ToEndAsync();
            return ReplyView.Of(reader.Text, reader.Events[^1].Json);
        }
    }

    // Completes when so many requests have come, of whichever endpoint.
    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = count;

        public Task Reached => reached.Task;

        public RecordedAnswer Count(RecordedAnswer answer)
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                reached.TrySetResult();
            }

            return answer;
        }
    }
}
