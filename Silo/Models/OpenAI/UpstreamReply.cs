using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// One streaming answer of an endpoint, read update by update. The reply succeeds with a finish reason or <c>[DONE]</c>,
/// whichever comes first; what comes after that is read for the usage, for a short time, and cannot fail the reply any more.
/// What comes after <c>[DONE]</c> is nobody's.
/// </summary>
internal sealed class UpstreamReply : IAsyncDisposable
{
    /// <summary>How long an endpoint may take from the finish reason to <c>[DONE]</c>; the usage comes between them.</summary>
    public static readonly TimeSpan TailTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long an endpoint may take from <c>[DONE]</c> to the end of the response, which lets the connection be used again.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(100);

    private readonly PipelineResponse response;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource tail;
    private readonly CancellationTokenSource either;
    private readonly PacedStream paced;
    private readonly EventBudgetStream stream;
    private readonly IAsyncEnumerator<SseItem<Chunk>> events;
    private SurrogateJoiner pieces;
    private SurrogateJoiner thought;
    private SurrogateJoiner refusal;
    private ToolCallJoiner? calls;
    private UsageDetails? lastUsage;
    private bool hasEnded;
    private bool isDone;

    public UpstreamReply(PipelineResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        this.response = response;
        caller = cancellationToken;
        tail = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tail.Token);
        paced = new PacedStream(response.ContentStream ?? Stream.Null, ReadingPace.OfProcess, TimeProvider.System);
        stream = new EventBudgetStream(paced);
        events = SseParser.Create(stream, ChunkParser.Parse).EnumerateAsync(either.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>The next update, or null after the last.</summary>
    /// <exception cref="ModelException">The endpoint failed before the reply had ended.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <remarks>Waits once a token, as does all that it calls: pooled, or these three would be a sixth of what a token allocates.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        while (await NextAsync() is { } chunk)
        {
            if (isDone)
            {
                continue;
            }

            if (chunk.Error is { } error)
            {
                if (!hasEnded)
                {
                    throw UpstreamFaults.Reported(error);
                }

                continue;
            }

            lastUsage = chunk.Usage ?? lastUsage;
            var finishReason = hasEnded ? null : chunk.FinishReason ?? (chunk.IsDone ? LastReason : null);
            var text = pieces.Add(chunk.Delta.Text ?? "");
            var more = chunk.Delta.HasMore ? More(chunk.Delta) : null;
            if (finishReason is not null || chunk.IsDone)
            {
                hasEnded = true;
                isDone = chunk.IsDone;
                paced.EndPauses();
                text += pieces.End();
                more = [.. more ?? [], .. Rest()];
                tail.CancelAfter(chunk.IsDone ? CloseTimeout : TailTimeout);
            }

            var usage = chunk.IsDone ? Take(ref lastUsage) : null;
            if (text.Length > 0 || more?.Count > 0 || finishReason is not null || usage is not null)
            {
                return Update(text, more, usage, finishReason);
            }
        }

        return hasEnded ? TakeUsage() : throw UpstreamFaults.Truncated();
    }

    /// <summary>Lets go of the response; one that has not ended is aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        this.response.Dispose();
        either.Dispose();
        tail.Dispose();
    }

    // The next event, or null at the end of the stream; after the end of the reply anything else is the end of the stream too.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Chunk?> NextAsync()
    {
        try
        {
            if (!await events.MoveNextAsync())
            {
                return null;
            }

            stream.EventCompleted();
            return events.Current.Data;
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception exception) when (UpstreamFaults.IsFault(exception))
        {
            return hasEnded ? null : throw UpstreamFaults.Broken(exception);
        }
    }

    // Why a reply ended whose endpoint does not say.
    private ChatFinishReason LastReason => calls is null ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls;

    private ChatResponseUpdate? TakeUsage() => Take(ref lastUsage) is { } usage ? Update("", more: null, usage, finishReason: null) : null;

    private static UsageDetails? Take(ref UsageDetails? usage)
    {
        var taken = usage;
        usage = null;
        return taken;
    }

    // Thinking comes before what is said, and calls after it, where one event has both.
    private List<AIContent> More(in Delta delta)
    {
        var contents = new List<AIContent>();
        if (thought.Add(delta.Reasoning ?? "") is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (refusal.Add(delta.Refusal ?? "") is { Length: > 0 } refused)
        {
            contents.Add(new RefusalPiece(refused));
        }

        if (delta.ToolCalls is not null)
        {
            contents.AddRange((calls ??= new ToolCallJoiner()).Add(delta.ToolCalls));
        }

        return contents;
    }

    private IEnumerable<AIContent> Rest()
    {
        if (thought.End() is { Length: > 0 } reasoning)
        {
            yield return new TextReasoningContent(reasoning);
        }

        if (refusal.End() is { Length: > 0 } refused)
        {
            yield return new RefusalPiece(refused);
        }

        foreach (var piece in calls?.End() ?? [])
        {
            yield return piece;
        }
    }

    private static ChatResponseUpdate Update(string text, List<AIContent>? more, UsageDetails? usage, ChatFinishReason? finishReason)
    {
        // An array for the one text of nearly every token: a list would be twice as large.
        AIContent[] contents = (text.Length > 0, more?.Count > 0, usage) switch
        {
            (true, false, null) => [new TextContent(text)],
            (_, true, _) => Ordered(text, more!, usage),
            (true, _, _) => [new TextContent(text), new UsageContent(usage)],
            (false, _, null) => [],
            (false, _, _) => [new UsageContent(usage)],
        };
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { FinishReason = finishReason };
    }

    private static AIContent[] Ordered(string text, List<AIContent> more, UsageDetails? usage)
    {
        var thoughts = more.Where(content => content is TextReasoningContent);
        var others = more.Where(content => content is not TextReasoningContent);
        return
        [
            .. thoughts,
            .. text.Length > 0 ? (AIContent[])[new TextContent(text)] : [],
            .. others,
            .. usage is not null ? (AIContent[])[new UsageContent(usage)] : [],
        ];
    }
}
