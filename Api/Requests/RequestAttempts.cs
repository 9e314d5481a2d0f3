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

    // OpenAI's SDK for .NET does not count, and repeats what broke at once, often before this side has seen it break.
    private const string HastyClient = "OpenAI/";

    // Long enough for people and programs that see a connection break and ask once more.
    private static readonly TimeSpan AfterCut = TimeSpan.FromSeconds(60);

    // SDKs repeat what got a 5xx within seconds. Who asks later than that wants another try.
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);

    /// <summary>The request's name. To be called before the body is read.</summary>
    /// <exception cref="Errors.InvalidRequestException">The header <c>Idempotency-Key</c> is malformed.</exception>
    public async Task<RequestKey> NameAsync(HttpContext context)
    {
        if (await RequestKey.ReadAsync(context.Request) is { } key)
        {
            return key;
        }

        var owner = context.Owner();
        var fingerprint = await RequestKey.FingerprintAsync(context.Request);
        var grain = grains.GetGrain<IAttemptsGrain>($"{owner}/{fingerprint}");
        int? retry = int.TryParse(context.Request.Headers[CountHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        var call = $"{Guid.CreateVersion7():n}";
        var isHasty = retry is null && context.Request.Headers.UserAgent.ToString().StartsWith(HastyClient, StringComparison.Ordinal);
        var name = await Patience.WriteAsync(_ => grain.Begin(owner, call, retry, isHasty), clock);
        if (retry is null)
        {
            // Before the answer goes out, so that the next request is not there first.
            context.Response.OnStarting(() =>
                context.Response.StatusCode >= StatusCodes.Status500InternalServerError
                    ? TellAsync(() => grain.Lose(owner, name, AfterError))
                    : Task.CompletedTask);
            context.Response.OnCompleted(() =>
                IsLost(context) ? TellAsync(() => grain.Lose(owner, name, AfterCut))
                : isHasty && context.Response.StatusCode < StatusCodes.Status500InternalServerError ? TellAsync(() => grain.End(owner, name))
                : Task.CompletedTask);
        }

        return new RequestKey(name, fingerprint);
    }

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
