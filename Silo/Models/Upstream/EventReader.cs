using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Upstream;

/// <summary>
/// The events of one streaming answer, one after the other: within bounds, and with every fault of the endpoint or of the way to it
/// as a <see cref="ModelException"/>.
/// </summary>
/// <typeparam name="T">What an event says.</typeparam>
internal sealed class EventReader<T> : IAsyncDisposable
{
    // How long an endpoint may take from its last event to the end of the response, which lets the connection be used again.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(100);

    private readonly IDisposable response;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource closing;
    private readonly CancellationTokenSource either;
    private readonly PacedStream paced;
    private readonly EventBudgetStream stream;
    private readonly IAsyncEnumerator<SseItem<T>> events;

    /// <summary>Begins to read.</summary>
    /// <param name="response">What the stream belongs to; disposed of with the reader, which aborts a response that has not ended.</param>
    /// <param name="content">The stream.</param>
    /// <param name="parse">Reads one event; a <see cref="System.Text.Json.JsonException"/> says that it is none.</param>
    /// <param name="mostBytes">How many bytes an event may have.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels every read.</param>
    public EventReader(
        IDisposable response, Stream content, SseItemParser<T> parse, int mostBytes, TimeProvider time, CancellationToken cancellationToken)
    {
        this.response = response;
        caller = cancellationToken;
        closing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        paced = new PacedStream(content, ReadingPace.OfProcess, TimeProvider.System);
        stream = new EventBudgetStream(paced, mostBytes);
        events = SseParser.Create(stream, parse).EnumerateAsync(either.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>The event.</summary>
    public T Current => events.Current.Data;

    /// <summary>Goes to the next event; false at the end of the response.</summary>
    /// <exception cref="ModelException">The endpoint, or the way to it, failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            if (!await events.MoveNextAsync())
            {
                return false;
            }

            stream.EventCompleted();
            return true;
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception exception) when (UpstreamFaults.IsFault(exception))
        {
            throw UpstreamFaults.Broken(exception);
        }
    }

    /// <summary>Waits a moment for the end of a response that has said all, and cares for nothing that comes or happens meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask CloseAsync()
    {
        paced.EndPauses();
        closing.CancelAfter(CloseTimeout);
        try
        {
            while (await MoveNextAsync())
            {
                // Nothing counts any more.
            }
        }
        catch (ModelException)
        {
            // Nor does this.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        this.response.Dispose();
        either.Dispose();
        closing.Dispose();
    }
}
