using System.Collections.Concurrent;
using System.Net.Sockets;
using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.Testing.Faults;

/// <summary>
/// A model server that answers with exact bytes: whole HTTP responses, recorded or made up, each cut and split as its fault says.
/// It speaks no HTTP of its own, so nothing repairs what it sends.
/// </summary>
/// <example><code>
/// await using var upstream = new RecordedUpstream();
/// var answer = upstream.Enqueue(RecordedDialects.Ollama, Fault.Reset(after: 812));
/// // … a client posts to upstream.Endpoint …
/// await answer.Reached;
/// Assert.Equal(1, upstream.RequestCount);
/// </code></example>
public sealed class RecordedUpstream : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedAnswer> answers = new();
    private readonly ConcurrentQueue<RecordedRequest> requests = new();
    private readonly TimeProvider clock;
    private readonly LoopbackListener listener;

    /// <summary>Starts it.</summary>
    /// <param name="clock">The clock of <see cref="Fault.FirstByteDelay"/> and <see cref="Fault.RateLimit"/>. Default: the system's.</param>
    public RecordedUpstream(TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        listener = new LoopbackListener(HandleAsync);
    }

    /// <summary>The base URL to configure, such as <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{listener.Port}/v1");

    /// <summary>How many requests came whole.</summary>
    public int RequestCount => requests.Count;

    /// <summary>The requests that came whole, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. requests];

    /// <summary>What answers a request for which nothing is queued. Default: nothing, and the connection is closed.</summary>
    public Func<RecordedRequest, RecordedAnswer?> Respond { get; set; } = _ => null;

    /// <summary>Queues an answer for the next request.</summary>
    public RecordedAnswer Enqueue(Recording recording, Fault fault) => Enqueue(new RecordedAnswer(recording, fault));

    /// <summary>Queues an answer for the next request.</summary>
    public RecordedAnswer Enqueue(RecordedAnswer answer)
    {
        answers.Enqueue(answer);
        return answer;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task HandleAsync(Socket socket, CancellationToken stopping)
    {
        using var sender = new SegmentSender(socket);
        var reader = new RequestReader(socket);
        while (await reader.ReadAsync(stopping) is { } request)
        {
            requests.Enqueue(request);
            if (!answers.TryDequeue(out var answer) && (answer = Respond(request)) is null)
            {
                return;
            }

            try
            {
                if (!await AnswerAsync(socket, sender, answer, stopping))
                {
                    return;
                }
            }
            finally
            {
                answer.HasLeft();
            }
        }
    }

    // False where the connection takes no further request.
    private async Task<bool> AnswerAsync(Socket socket, SegmentSender sender, RecordedAnswer answer, CancellationToken stopping)
    {
        var isWhole = await new FaultySender(sender, answer.Fault, clock).SendAsync(answer.Bytes, stopping);
        if (isWhole && !answer.Closes)
        {
            answer.HasReached();
            return true;
        }

        await ResponseEnding.ApplyAsync(socket, sender, isWhole ? FaultEnding.Fin : answer.Fault.Ending, stopping);
        answer.HasReached();
        await ResponseEnding.UntilClosedAsync(socket, stopping);
        return false;
    }
}
