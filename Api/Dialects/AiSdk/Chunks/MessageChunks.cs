using System.Text;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>The life of a message as chunks: its start, its steps, what tools answered, its end; all but the pieces of its parts.</summary>
/// <param name="reply">What is told; other events of the conversation are passed over.</param>
/// <param name="frames">Where the chunks go.</param>
internal sealed class MessageChunks(UiReply reply, ChunkFrames frames)
{
    private string? awaited = reply.Reply;
    private string? current;
    private string? model;
    private byte[] currentBytes = [];
    private bool hasBegun;

    /// <summary>The parts of the running step.</summary>
    public StepParts Parts { get; } = new(frames);

    /// <summary>Whether only what a client is going to have counts: then what is void is forgotten, where else it is an error.</summary>
    public bool IsScan { get; init; }

    /// <summary>Where the running step begins, and what is void.</summary>
    public StepNumbers Numbers { get; } = new(frames);

    /// <summary>The sequence of the reply's end; 0 as long as it runs.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Whether the reply has ended.</summary>
    public bool HasEnded => EndedAt > 0;

    /// <summary>Whether a piece belongs to the running step.</summary>
    public bool Has(EventLine piece) => current is not null && !Numbers.IsVoid(piece.Last) && piece.Message.SequenceEqual(currentBytes);

    /// <summary>Tells what is no piece of a reply.</summary>
    public void Take(EventLine line)
    {
        switch (line.Type)
        {
            case EventType.ReplyStarted:
                Start((ReplyStarted)line.Parse());
                break;
            case EventType.MessageCreated when !reply.Earlier.IsEmpty:
                TakeEarlier((MessageCreated)line.Parse());
                break;
            case EventType.MessageQueued when ((MessageQueued)line.Parse()).Message == (reply.Reply ?? reply.Question):
                TellStatus("queued");
                break;
            case EventType.MessageUnqueued when ((MessageUnqueued)line.Parse()).Message == (reply.Reply ?? reply.Question):
                frames.Add("abort");
                Finish(line.Last, null);
                break;
            case EventType.ReplyContext when ((ReplyContext)line.Parse()) is var context && context.Message == current:
                TellStatus("context", json => json.WriteNumber("droppedMessages"u8, context.DroppedMessages));
                break;
            case EventType.ReplyContinued when ((ReplyContinued)line.Parse()).Message == current:
                TellStatus("continued");
                break;
            case EventType.ReplyRestarted when ((ReplyRestarted)line.Parse()).Message == current:
                Restart(line.Last);
                break;
            case var type when type.IsReplyEnd() && ((ReplyEnded)line.Parse()) is var end && end.Message == current:
                EndStep(end);
                break;
        }
    }

    private void Start(ReplyStarted started)
    {
        if (awaited is null && started.Parent == reply.Question)
        {
            awaited = started.Message;
        }

        if (started.Message == awaited || reply.Earlier.Contains(started.Message))
        {
            BeginStep(started, started.Message, started.Model, started.At);
        }
    }

    private void BeginStep(ConversationEvent start, string message, string? by, DateTimeOffset at)
    {
        (current, currentBytes, model) = (message, Encoding.UTF8.GetBytes(message), by);
        Numbers.Begin(message, start.Sequence);
        Parts.Clear();
        if (!hasBegun)
        {
            frames.Add("start", json =>
            {
                json.WriteString("messageId"u8, reply.MessageId ?? reply.IdOf(message));
                WriteMetadata(json);
            });
            frames.Add("start-step");
        }
        else
        {
            frames.Add("start-step");
            frames.Add("message-metadata", WriteMetadata);
        }

        hasBegun = true;
        Numbers.EndStart();

        void WriteMetadata(Utf8JsonWriter json)
        {
            json.WriteStartObject("messageMetadata"u8);
            UiMetadata.WriteStart(json, reply.IdOf(message), by, at);
            json.WriteEndObject();
        }
    }

    // A step before: what tools answered to it; or, where it was made elsewhere, all of it.
    private void TakeEarlier(MessageCreated message)
    {
        if (!reply.Earlier.Contains(message.Message))
        {
            return;
        }

        foreach (var result in message.ToolResults ?? [])
        {
            TellResult(result);
        }

        if (message.Role == MessageRole.Assistant)
        {
            BeginStep(message, message.Message, null, message.At);
            PastStep.Tell(message, Parts);
            Parts.TellCalls();
            frames.Add("finish-step");
        }
    }

    private void TellResult(ToolResult result)
    {
        if (JsonText.ErrorIn(result.Content) is { } error)
        {
            frames.Add("tool-output-error", ("toolCallId", result.ToolCallId), ("errorText", error));
            return;
        }

        frames.Add("tool-output-available", json =>
        {
            json.WriteString("toolCallId"u8, result.ToolCallId);
            json.WritePropertyName("output"u8);
            JsonText.WriteOutput(json, result.Content);
        });
    }

    private void Restart(long sequence)
    {
        if (!IsScan && !Numbers.IsVoid(sequence) && Numbers.HasContent)
        {
            frames.Add("error", ("errorText", "The reply began anew on another server; what came of it before is void."));
            Finish(sequence, null);
            return;
        }

        if (IsScan)
        {
            Numbers.BeginAnew(sequence);
        }

        Parts.Clear();
        TellStatus("restarted");
    }

    private void EndStep(ReplyEnded end)
    {
        Parts.Close();
        if (end is ReplyCompleted)
        {
            Parts.TellCalls();
        }
        else if (end is ReplyFailed or ReplyInterrupted)
        {
            frames.Add("error", ("errorText", ReplyFailures.ErrorOf(end).Message));
        }

        frames.Add("finish-step");
        if (end is ReplyCancelled)
        {
            frames.Add("abort");
        }

        if (end.Message == awaited)
        {
            Finish(end.Sequence, end);
        }

        current = null;
    }

    private void Finish(long sequence, ReplyEnded? end)
    {
        frames.Add("finish", json =>
        {
            if (end is not null)
            {
                json.WriteStartObject("messageMetadata"u8);
                UiMetadata.WriteEnd(json, (end as ReplyCompleted)?.FinishReason, end.AnsweredBy == model ? null : end.AnsweredBy, end.Usage);
                json.WriteEndObject();
            }
        });
        EndedAt = sequence;
    }

    // Transient: the client is told, and its message stays as it is.
    private void TellStatus(string status, Action<Utf8JsonWriter>? more = null)
    {
        Numbers.AddStatus();
        frames.Add("data-status", json =>
        {
            json.WriteStartObject("data"u8);
            json.WriteString("status"u8, status);
            more?.Invoke(json);
            json.WriteEndObject();
            json.WriteBoolean("transient"u8, true);
        });
    }
}
