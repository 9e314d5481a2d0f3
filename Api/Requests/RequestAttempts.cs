using System.Globalization;
using OrleansChat.Attempts;
using OrleansChat.Conversations;
using OrleansChat.Owners;

namespace OrleansChat.Requests;

/// <summary>
/// Names requests, so that one that comes again attaches to what it started: by its <c>Idempotency-Key</c>, or, where the client is an
/// SDK that repeats requests without one, by whatever tells its repetitions.
/// </summary>
internal sealed partial class RequestAttempts(IGrainFactory grains, TimeProvider clock, ILogger<RequestAttempts> logger)
{
    // openai-node and its kin count: 0, 1, 2 …
    private const string CountHeader = "X-Stainless-Retry-Count";

    // OpenAI's SDK for .NET does not count, and repeats what broke at once, often before this side has seen it break. The name of what uses
    // it may stand before or behind its own.
    private const string HastyClient = " OpenAI/";

    // How often its requests ask for a name, where it is not known yet whether they are repetitions.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    // Long enough for people and programs that see a connection break and ask once more.
    private static readonly TimeSpan AfterCut = TimeSpan.FromSeconds(60);

    // SDKs repeat what got a 5xx within seconds. Who asks later than that wants another try.
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);

    // What is said of a request is kept with it, under these.
    private static readonly object Refusal = new();
    private static readonly object Replay = new();

    /// <summary>What a request says it is. To be called before the body is read.</summary>
    /// <exception cref="Errors.InvalidRequestException">The header <c>Idempotency-Key</c> is malformed.</exception>
    public static async Task<AskedRequest> ReadAsync(HttpRequest request) => await RequestKey.ReadAsync(request) is { } key
        ? new AskedRequest(key.Value, key.Fingerprint)
        : new AskedRequest(null, await RequestKey.FingerprintAsync(request));

    /// <summary>The request's name. To be called once it is known to be one that can be carried out: whoever remembers it is made for that.</summary>
    /// <param name="context">The request.</param>
    /// <param name="asked">What it says it is.</param>
    /// <param name="conversation">The conversation that it goes to; null where it creates one.</param>
    /// <exception cref="OperationCanceledException">A client that repeats its requests has left meanwhile: the name is for its repetition.</exception>
    public async Task<RequestKey> NameAsync(HttpContext context, AskedRequest asked, ConversationId? conversation = null)
    {
        if (asked.Key is not null)
        {
            return new RequestKey(asked.Key, asked.Fingerprint);
        }

        var owner = context.Owner();
        var grain = grains.GetGrain<IAttemptsGrain>($"{owner}/{asked.Fingerprint}");
        int? retry = int.TryParse(context.Request.Headers[CountHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        var call = $"{Guid.CreateVersion7():n}";
        var isHasty = retry is null && $" {context.Request.Headers.UserAgent}".Contains(HastyClient, StringComparison.Ordinal);
        var name = await NameAsync(waited => grain.Begin(owner, call, retry, waited, conversation), isHasty, context.RequestAborted);

        // Before the answer goes out, so that the next request is not there first.
        context.Response.OnStarting(() =>
            context.Items.ContainsKey(Refusal) ? TellAsync(() => grain.Forget(owner, name))
            : retry is null && context.Response.StatusCode >= StatusCodes.Status500InternalServerError && !context.RequestAborted.IsCancellationRequested
                ? TellAsync(() => grain.Lose(owner, name, AfterError, isReplay: context.Items.ContainsKey(Replay)))
            : Task.CompletedTask);
        if (retry is null)
        {
            var isTold = 0;
            Task LoseAsync() => Interlocked.Exchange(ref isTold, 1) == 0 ? TellAsync(() => grain.Lose(owner, name, AfterCut)) : Task.CompletedTask;

            // Who leaves before the answer has begun is not answered any more, and what he asked for may take longer to start than his
            // repetition is kept waiting.
            context.RequestAborted.Register(() => _ = context.Response.HasStarted ? Task.CompletedTask : LoseAsync());
            context.Response.OnCompleted(() =>
                context.Items.ContainsKey(Refusal) ? Task.CompletedTask
                : IsLost(context) ? LoseAsync()
                : isHasty && context.Response.StatusCode < StatusCodes.Status500InternalServerError ? TellAsync(() => grain.End(owner, name))
                : Task.CompletedTask);
        }

        if (isHasty || retry is not null)
        {
            // It may have repeated this already, and been answered: nobody would hear what began now.
            context.RequestAborted.ThrowIfCancellationRequested();
        }

        return new RequestKey(name, asked.Fingerprint);
    }

    /// <summary>Says of a request that nothing came of it.</summary>
    /// <param name="context">The request.</param>
    public static void Refused(HttpContext context) => context.Items[Refusal] = true;

    /// <summary>Says of a request that what it is answered had ended before it came.</summary>
    /// <param name="context">The request.</param>
    public static void Replays(HttpContext context) => context.Items[Replay] = true;

    /// <summary>Says of a request that its connection is about to be cut off by this side.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wasAnswered">Whether its caller has heard all that there is to hear.</param>
    public static void CutOff(HttpContext context, bool wasAnswered) => context.Items[typeof(RequestAttempts)] = wasAnswered;

    /// <summary>
    /// Says of a request that all of its answer is under way. Many clients close the connection at the last event, before the
    /// response has ended; that is no loss.
    /// </summary>
    /// <param name="context">The request.</param>
    public static void Answered(HttpContext context) => context.Items[typeof(RequestAttempts)] = true;

    // A hasty client's request has the doubt that it may repeat one whose connection has broken, and asks until that is settled. Meanwhile
    // others of its kind get their names.
    private async Task<string> NameAsync(Func<TimeSpan?, Task<string?>> begin, bool isHasty, CancellationToken left)
    {
        for (TimeSpan? waited = isHasty ? TimeSpan.Zero : null; ; waited += Look)
        {
            if (await Patience.WriteAsync(_ => begin(waited), clock, left) is { } name)
            {
                return name;
            }

            await Task.Delay(Look, clock, left);
        }
    }

    private static bool IsLost(HttpContext context) => context.Items.TryGetValue(typeof(RequestAttempts), out var wasAnswered)
        ? wasAnswered is false
        : context.RequestAborted.IsCancellationRequested;

    private async Task TellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception e)
        {
            // A repetition is then taken for a request of its own.
            LogNotTold(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No silo could be told what became of an answer: if its caller asks again, that counts as another request.")]
    private static partial void LogNotTold(ILogger logger, Exception exception);
}
