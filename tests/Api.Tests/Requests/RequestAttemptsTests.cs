using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Attempts;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Keys;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Requests;

/// <summary>What a caller who leaves before his request has a name sets going.</summary>
public sealed class RequestAttemptsTests : IDisposable
{
    private readonly CancellationTokenSource connection = new();
    private readonly Answering response = new();

    public void Dispose() => connection.Dispose();

    [Fact]
    public async Task Who_repeats_at_once_and_has_left_starts_nothing_and_leaves_the_name_to_his_repetition()
    {
        var attempts = new Attempts(connection.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NameAsync(attempts, "OpenAI/2.5.0 (.NET 10.0)"));
        await response.CompleteAsync();

        Assert.Equal(["begin 0", "lose name"], attempts.Told);
    }

    [Fact]
    public async Task Who_counts_his_repetitions_and_has_left_starts_nothing()
    {
        var attempts = new Attempts(connection.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NameAsync(attempts, "OpenAI/JS 6.10.0", count: 0));
        await response.CompleteAsync();

        Assert.Equal(["begin"], attempts.Told);
    }

    [Theory]
    [InlineData("OpenAI/2.5.0 (.NET 10.0)")]
    [InlineData("Mozilla/5.0")]
    public async Task On_behalf_of_who_has_left_no_silo_is_asked_again(string client)
    {
        var attempts = new Attempts(connection.CancelAsync) { Failures = 1 };

        await Assert.ThrowsAnyAsync<TimeoutException>(() => NameAsync(attempts, client));
        await response.CompleteAsync();

        Assert.Single(attempts.Told);
    }

    [Fact]
    public async Task An_error_that_nobody_hears_loses_nothing_more()
    {
        var attempts = new Attempts(() => Task.CompletedTask);
        await NameAsync(attempts, "Mozilla/5.0");

        await connection.CancelAsync();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await response.StartAsync();
        await response.CompleteAsync();

        Assert.Equal(["begin", "lose name"], attempts.Told);
    }

    [Fact]
    public async Task An_error_loses_the_answer()
    {
        var attempts = new Attempts(() => Task.CompletedTask);
        await NameAsync(attempts, "Mozilla/5.0");

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await response.StartAsync();
        await response.CompleteAsync();

        Assert.Equal(["begin", "lose name"], attempts.Told);
    }

    [Fact]
    public async Task Who_repeats_at_once_and_may_repeat_something_asks_until_that_is_known()
    {
        var attempts = new Attempts(() => Task.CompletedTask) { Doubts = 3 };

        Assert.Equal("name", (await NameAsync(attempts, "OpenAI/2.5.0 (.NET 10.0)")).Value);
        await response.CompleteAsync();

        Assert.Equal(["begin 0", "begin 25", "begin 50", "begin 75", "end name"], attempts.Told);
    }

    [Fact]
    public async Task Who_has_left_in_the_meantime_leaves_nothing()
    {
        var attempts = new Attempts(connection.CancelAsync) { Doubts = 3 };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NameAsync(attempts, "OpenAI/2.5.0 (.NET 10.0)"));
        await response.CompleteAsync();

        Assert.Equal(["begin 0"], attempts.Told);
    }

    [Theory]
    [InlineData("OpenAI/2.5.0 (.NET 10.0)")]
    [InlineData("Mozilla/5.0")]
    public async Task Who_leaves_before_he_is_answered_has_lost_the_answer_at_once_whatever_it_still_waits_for(string client)
    {
        var attempts = new Attempts(() => Task.CompletedTask);
        await NameAsync(attempts, client);

        await connection.CancelAsync();
        Assert.Equal("lose name", attempts.Told[^1]);
        await response.CompleteAsync();

        Assert.Single(attempts.Told, "lose name");
    }

    [Fact]
    public async Task Of_who_leaves_in_the_middle_of_the_answer_the_end_tells_whether_he_has_all_of_it()
    {
        var attempts = new Attempts(() => Task.CompletedTask);
        await NameAsync(attempts, "Mozilla/5.0");
        await response.StartAsync();

        await connection.CancelAsync();
        Assert.Equal(["begin"], attempts.Told);
        await response.CompleteAsync();

        Assert.Equal(["begin", "lose name"], attempts.Told);
    }

    [Theory]
    [InlineData("OpenAI/2.5.0 (.NET 10.0)")]
    [InlineData("my-app OpenAI/2.5.0 (.NET 10.0)")]
    [InlineData("MEAI/10.0 OpenAI/2.5.0 (.NET 10.0)")]
    public async Task Who_repeats_at_once_and_is_there_goes_on(string client)
    {
        var attempts = new Attempts(() => Task.CompletedTask);

        Assert.Equal("name", (await NameAsync(attempts, client)).Value);
        await response.CompleteAsync();

        Assert.Equal(["begin 0", "end name"], attempts.Told);
    }

    [Theory]
    [InlineData("Mozilla/5.0")]
    [InlineData("NotOpenAI/1.0")]
    [InlineData("")]
    public async Task Whoever_else_has_left_has_asked_all_the_same(string client)
    {
        var attempts = new Attempts(connection.CancelAsync);

        Assert.Equal("name", (await NameAsync(attempts, client)).Value);
        await response.CompleteAsync();

        Assert.Equal(["begin", "lose name"], attempts.Told);
    }

    private Task<RequestKey> NameAsync(Attempts grain, string client, int? count = null)
    {
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new CallerIdentity(OwnerId.Local, Scope.Write, SignedInBy.Local)),
            RequestAborted = connection.Token,
        };
        context.Features.Set<IHttpResponseFeature>(response);
        context.Request.Headers.UserAgent = client;
        context.Request.Headers["X-Stainless-Retry-Count"] = count?.ToString(CultureInfo.InvariantCulture);
        var attempts = new RequestAttempts(FakeGrains.Of(grain), TimeProvider.System, NullLogger<RequestAttempts>.Instance);
        return attempts.NameAsync(context, new AskedRequest(null, "f"));
    }

    private sealed class Answering : HttpResponseFeature
    {
        private readonly List<Func<Task>> starting = [];
        private readonly List<Func<Task>> completed = [];
        private bool hasStarted;

        public override bool HasStarted => hasStarted;

        public Task StartAsync()
        {
            hasStarted = true;
            return Task.WhenAll(starting.Select(callback => callback()));
        }

        public override void OnStarting(Func<object, Task> callback, object state) => starting.Add(() => callback(state));

        public override void OnCompleted(Func<object, Task> callback, object state) => completed.Add(() => callback(state));

        public Task CompleteAsync() => Task.WhenAll(completed.Select(callback => callback()));
    }

    private sealed class Attempts(Func<Task> meanwhile) : IAttemptsGrain
    {
        public List<string> Told { get; } = [];

        public int Doubts { get; init; }

        public int Failures { get; init; }

        public async Task<string?> Begin(OwnerId caller, string call, int? retry, TimeSpan? waited, ConversationId? conversation = null)
        {
            Told.Add($"begin {waited?.TotalMilliseconds}".Trim());
            await meanwhile();
            if (Told.Count <= Failures)
            {
                throw new TimeoutException();
            }

            return Told.Count > Doubts ? "name" : null;
        }

        public Task Forget(OwnerId caller, string name) => Tell($"forget {name}");

        public Task End(OwnerId caller, string name) => Tell($"end {name}");

        public Task Lose(OwnerId caller, string name, TimeSpan patience, bool isReplay = false) => Tell($"lose {name}");

        private Task Tell(string news)
        {
            Told.Add(news);
            return Task.CompletedTask;
        }
    }
}
