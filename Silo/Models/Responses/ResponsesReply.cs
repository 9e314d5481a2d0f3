using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Responses;

/// <summary>
/// One response, read update by update. Where the provider produces it in the background, a connection that breaks is replaced by
/// another, which goes on where it broke; anywhere else it is the end.
/// </summary>
internal sealed class ResponsesReply : IAsyncDisposable
{
    /// <summary>How often in a row a connection is replaced that has brought nothing new.</summary>
    public const int MostAttempts = 5;

    // How long a request that nobody wants any more may take to say what it has begun, so that this can be stopped.
    private static readonly TimeSpan LatePatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly ResponsesEndpoint endpoint;
    private readonly ReadOnlyMemory<byte> body;
    private readonly bool isBackground;
    private readonly TimeProvider time;
    private readonly CancellationToken caller;
    private readonly ResponsesOutput output = new();
    private EventReader<ResponsesEvent>? events;
    private ResponsesToken? place;
    private CancellationTokenRegistration leaving;
    private bool isLate;
    private int attempts;

    /// <summary>Asks for a response, or goes on with one, when it is first read.</summary>
    /// <param name="endpoint">Where the response is.</param>
    /// <param name="body">What to ask for; not used where there is a place to go on from.</param>
    /// <param name="place">The place to go on from; null to ask for a response.</param>
    /// <param name="isBackground">Whether the response is produced in the background.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public ResponsesReply(
        ResponsesEndpoint endpoint, ReadOnlyMemory<byte> body, ResponsesToken? place, bool isBackground, TimeProvider time, CancellationToken cancellationToken)
    {
        this.endpoint = endpoint;
        this.body = body;
        this.place = place;
        this.isBackground = isBackground;
        this.time = time;
        caller = cancellationToken;
    }

    /// <summary>The next update, or null after the last.</summary>
    /// <exception cref="ModelException">The endpoint failed before the reply had ended.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        if (output.HasEnded)
        {
            await events!.CloseAsync();
            return null;
        }

        while (true)
        {
            try
            {
                return events is not null ? await NextAsync(events)
                    : place is not null ? await NextAsync(events = await endpoint.ResumeAsync(place, caller))
                    : isBackground ? await BeginAsync()
                    : await NextAsync(events = await endpoint.CreateAsync(body, caller));
            }
            catch (OperationCanceledException) when (caller.IsCancellationRequested)
            {
                throw new OperationCanceledException(caller);
            }
            catch (ModelException fault) when (MayGoOn(fault))
            {
                await CloseAsync();
            }
            catch (ModelException fault) when (events is null && place is not null && fault.Code == ModelErrors.Error)
            {
                // It is the provider that fails, and not the response, which may well run on.
                throw new ModelException(ModelErrors.Unreachable, fault.Message, fault) { Status = fault.Status, RetryAfter = fault.RetryAfter };
            }

            await Task.Delay(FirstPause * (1 << attempts++), this.time, caller);
        }
    }

    /// <summary>Stops reading; a response that is not produced in the background is aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await leaving.DisposeAsync();
        if (!isLate)
        {
            await CloseAsync();
        }
    }

    private async ValueTask CloseAsync()
    {
        if (events is { } reader)
        {
            events = null;
            await reader.DisposeAsync();
        }
    }

    private bool MayGoOn(ModelException fault) =>
        place is not null
        && isBackground
        && !output.HasEnded
        && attempts < MostAttempts
        && (fault.Code is ModelErrors.Unreachable or ModelErrors.ConnectTimeout or ModelErrors.Truncated
            || (events is null && fault.Code is ModelErrors.Error or ModelErrors.RateLimited));

    private async ValueTask<ChatResponseUpdate> NextAsync(EventReader<ResponsesEvent> reader)
    {
        while (await reader.MoveNextAsync())
        {
            if (Take(reader.Current) is { } update)
            {
                return update;
            }
        }

        throw UpstreamFaults.Truncated();
    }

    private ChatResponseUpdate? Take(ResponsesEvent next)
    {
        if (!isBackground)
        {
            return output.Take(next);
        }

        var isFirst = place is null;
        if (next.Number <= place?.After)
        {
            // Told before, by a connection that broke.
            return null;
        }

        var number = next.Number ?? (place?.After + 1 ?? 0);
        place = (place?.Id ?? next.ResponseId) is { } id ? new ResponsesToken(id, number) : null;
        attempts = 0;
        var update = output.Take(next);
        if (update is null && isFirst && place is not null)
        {
            // Whoever reads this must be able to come back before there is anything to read.
            update = new ChatResponseUpdate(ChatRole.Assistant, []);
        }

        if (update is not null && !output.HasEnded)
        {
            update.ContinuationToken = place;
        }

        return update;
    }

    // Until it is known what the provider calls the response, nobody could stop it, and so the request is not given up before.
    private async ValueTask<ChatResponseUpdate> BeginAsync()
    {
        var own = new CancellationTokenSource(Timeout.InfiniteTimeSpan, this.time);
        var beginning = Task.Run(() => ReadBeginningAsync(own.Token), CancellationToken.None);
        try
        {
            var update = await beginning.WaitAsync(caller);
            leaving = caller.Register(static source => ((CancellationTokenSource)source!).Cancel(), own);
            return update;
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            isLate = true;
            own.CancelAfter(LatePatience);
            _ = StopLateAsync(beginning);
            throw;
        }
    }

    private async Task<ChatResponseUpdate> ReadBeginningAsync(CancellationToken cancellationToken)
    {
        var reader = events = await endpoint.CreateAsync(body, cancellationToken);
        return await NextAsync(reader);
    }

    private async Task StopLateAsync(Task beginning)
    {
        try
        {
            await beginning;
        }
        catch (Exception)
        {
            // It may have begun nevertheless.
        }

        try
        {
            await CloseAsync();
            if (place is not null && !output.HasEnded)
            {
                await endpoint.CancelAsync(place.Id, CancellationToken.None);
            }
        }
        catch (Exception)
        {
            // Nobody is left who could be told.
        }
    }
}
