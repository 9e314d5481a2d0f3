using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Models;

/// <summary>A model within the process whose replies a test writes piece by piece.</summary>
/// <example><code>
/// using var model = new ScriptedChatClient();
/// // … the code under test asks the model …
/// var reply = await model.NextReplyAsync();
/// reply.Emit("Hello");
/// reply.Complete();
/// </code></example>
public sealed class ScriptedChatClient : IChatClient, IBackgroundResponses
{
    private readonly Channel<string> stops = Channel.CreateUnbounded<string>();
    private readonly Channel<ScriptedReply> arrivals = Channel.CreateUnbounded<ScriptedReply>();
    private readonly ConcurrentQueue<ScriptedReply> replies = new();

    /// <summary>All replies that were asked for so far, in order.</summary>
    public IReadOnlyList<ScriptedReply> Replies => [.. replies];

    /// <summary>The next reply that has not been asked for in this way, as soon as its reader has begun to read.</summary>
    /// <exception cref="TimeoutException">None was asked for within <see cref="TestLimits.Signal"/>.</exception>
    public Task<ScriptedReply> NextReplyAsync() => arrivals.Reader.ReadAsync().AsTask().WaitAsync(TestLimits.Signal);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reply = new ScriptedReply([.. messages], options);
        await using var cancelling = cancellationToken.Register(reply.ReaderCancelled);
        replies.Enqueue(reply);
        arrivals.Writer.TryWrite(reply);
        try
        {
            await foreach (var update in reply.Updates.ReadAllAsync(cancellationToken))
            {
                yield return update;
                reply.ReaderRead();
            }
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                // Cancelling may resume this method before it comes to the registration above, which then never runs.
                reply.ReaderCancelled();
            }

            reply.ReaderLeft();
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && (serviceType == typeof(ScriptedChatClient) || serviceType == typeof(IBackgroundResponses)) ? this : null;

    /// <summary>The token of the next response that was stopped, and not asked for in this way.</summary>
    /// <exception cref="TimeoutException">None was within <see cref="TestLimits.Signal"/>.</exception>
    public Task<string> NextStopAsync() => stops.Reader.ReadAsync().AsTask().WaitAsync(TestLimits.Signal);

    /// <summary>Whether a response was stopped that <see cref="NextStopAsync"/> has not told of.</summary>
    public bool HasStopped => stops.Reader.Count > 0;

    /// <inheritdoc/>
    public Task StopAsync(ResponseContinuationToken response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        stops.Writer.TryWrite(Encoding.UTF8.GetString(response.ToBytes().Span));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }
}
