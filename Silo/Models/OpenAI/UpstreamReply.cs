using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// One streaming answer of an endpoint, read update by update. The reply succeeds with a finish reason or <c>[DONE]</c>,
/// whichever comes first; what comes after that is read for the usage, for a short time, and cannot fail the reply any more.
/// </summary>
internal sealed class UpstreamReply : IAsyncDisposable
{
    /// <summary>How long an endpoint may take from the finish reason to <c>[DONE]</c>; the usage comes between them.</summary>
    public static readonly TimeSpan TailTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long an endpoint may take from <c>[DONE]</c> to the end of the response, which lets the connection be used again.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(100);

    private readonly PipelineResponse _response;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _tail;
    private readonly CancellationTokenSource _either;
    private readonly EventBudgetStream _stream;
    private readonly IAsyncEnumerator<SseItem<Chunk>> _events;
    private SurrogateJoiner _text;
    private UsageDetails? _usage;
    private bool _hasEnded;

    public UpstreamReply(PipelineResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        _response = response;
        _caller = cancellationToken;
        _tail = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _tail.Token);
        _stream = new EventBudgetStream(response.ContentStream ?? Stream.Null);
        _events = SseParser.Create(_stream, ChunkParser.Parse).EnumerateAsync(_either.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>The next update, or null after the last.</summary>
    /// <exception cref="ModelException">The endpoint failed before the reply had ended.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        while (await NextAsync() is { } chunk)
        {
            if (chunk.Error is { } error)
            {
                if (!_hasEnded)
                {
                    throw UpstreamFaults.Reported(error);
                }

                continue;
            }

            _usage = chunk.Usage ?? _usage;
            var finishReason = _hasEnded ? null : chunk.FinishReason ?? (chunk.IsDone ? ChatFinishReason.Stop : null);
            var text = _text.Add(chunk.Text ?? "");
            if (finishReason is not null || chunk.IsDone)
            {
                _hasEnded = true;
                text += _text.End();
                _tail.CancelAfter(chunk.IsDone ? CloseTimeout : TailTimeout);
            }

            var usage = chunk.IsDone ? Take(ref _usage) : null;
            if (text.Length > 0 || finishReason is not null || usage is not null)
            {
                return Update(text, usage, finishReason);
            }
        }

        return _hasEnded ? TakeUsage() : throw UpstreamFaults.Truncated();
    }

    /// <summary>Lets go of the response; one that has not ended is aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _response.Dispose();
        _either.Dispose();
        _tail.Dispose();
    }

    // The next event, or null at the end of the stream; after the end of the reply anything else is the end of the stream too.
    private async ValueTask<Chunk?> NextAsync()
    {
        try
        {
            if (!await _events.MoveNextAsync())
            {
                return null;
            }

            _stream.EventCompleted();
            return _events.Current.Data;
        }
        catch (Exception) when (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(_caller);
        }
        catch (Exception exception) when (UpstreamFaults.IsFault(exception))
        {
            return _hasEnded ? null : throw UpstreamFaults.Broken(exception);
        }
    }

    private ChatResponseUpdate? TakeUsage() => Take(ref _usage) is { } usage ? Update("", usage, finishReason: null) : null;

    private static UsageDetails? Take(ref UsageDetails? usage)
    {
        var taken = usage;
        usage = null;
        return taken;
    }

    private static ChatResponseUpdate Update(string text, UsageDetails? usage, ChatFinishReason? finishReason)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = finishReason };
        if (text.Length > 0)
        {
            update.Contents.Add(new TextContent(text));
        }

        if (usage is not null)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return update;
    }
}
