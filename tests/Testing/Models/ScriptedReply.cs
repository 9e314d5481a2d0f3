using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Testing.Models;

/// <summary>One reply of a <see cref="ScriptedChatClient"/>, written by the test and read by the code under test.</summary>
public sealed class ScriptedReply
{
    private readonly Channel<ChatResponseUpdate> updates = Channel.CreateUnbounded<ChatResponseUpdate>();
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? answeringModel;

    internal ScriptedReply(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => (Messages, Options) = (messages, options);

    /// <summary>The conversation that the model was asked to continue.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The options that the model was asked with, or null.</summary>
    public ChatOptions? Options { get; }

    /// <summary>Completes when the reader cancels.</summary>
    public Task Cancelled => cancelled.Task;

    /// <summary>Completes when the reader has let go of the stream, for whatever reason; from then on nothing is read.</summary>
    public Task Left => left.Task;

    /// <summary>Completes when the reader has asked for more after its first update, and so has taken that in.</summary>
    public Task Read => read.Task;

    /// <summary>What the reader reads.</summary>
    internal ChannelReader<ChatResponseUpdate> Updates => updates.Reader;

    /// <summary>Sends each text as a piece.</summary>
    public void Emit(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        foreach (var piece in pieces)
        {
            updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, piece) { ModelId = answeringModel });
        }
    }

    /// <summary>Says from here on that another model answers than the one that was asked.</summary>
    public void AnswerAs(string model) => answeringModel = model;

    /// <summary>Sends each content as an update of its own.</summary>
    public void Emit(params AIContent[] contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        foreach (var content in contents)
        {
            updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, [content]));
        }
    }

    /// <summary>Tells what the reply, which is produced without a reader too, can be read on with.</summary>
    public void Attach(string token) => updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, [])
    {
        ContinuationToken = ResponseContinuationToken.FromBytes(Encoding.UTF8.GetBytes(token)),
    });

    /// <summary>Sends the end signal, with usage where given, and ends the stream.</summary>
    /// <param name="reason">Default: <c>stop</c>.</param>
    /// <param name="usage">What the reply cost, or null.</param>
    public void Complete(ChatFinishReason? reason = null, UsageDetails? usage = null)
    {
        List<AIContent> contents = usage is null ? [] : [new UsageContent(usage)];
        updates.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, contents) { FinishReason = reason ?? ChatFinishReason.Stop });
        updates.Writer.TryComplete();
    }

    /// <summary>Ends the stream without an end signal.</summary>
    public void Truncate() => updates.Writer.TryComplete();

    /// <summary>Breaks the stream, after what has been sent.</summary>
    /// <param name="fault">Default: a <see cref="ModelException"/> with <see cref="ModelErrors.Error"/>.</param>
    public void Fail(Exception? fault = null) =>
        updates.Writer.TryComplete(fault ?? new ModelException(ModelErrors.Error, "The scripted model failed."));

    /// <summary>Tells that the reader has taken an update in.</summary>
    internal void ReaderRead() => read.TrySetResult();

    /// <summary>Tells that the reader cancelled.</summary>
    internal void ReaderCancelled() => cancelled.TrySetResult();

    /// <summary>Tells that the reader has let go.</summary>
    internal void ReaderLeft() => left.TrySetResult();
}
