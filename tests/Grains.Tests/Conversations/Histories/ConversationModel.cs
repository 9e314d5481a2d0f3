using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>What a conversation should be, told as simply as possible and without a line of the product's.</summary>
internal sealed class ConversationModel
{
    private const int Attempts = 5;

    private readonly Dictionary<string, (string Id, int Sequence, string Fingerprint)> keys = [];
    private readonly List<(int Sequence, RandomPiece Piece)> heard = [];
    private readonly HashSet<string> unqueued = [];
    private int attempts;
    private int textFrom;
    private int lastCut;
    private ModelMessage? lastReply;

    public int Sequence { get; private set; } = 1;

    public List<ModelMessage> Messages { get; } = [];

    public List<(string Id, string? Content, ModelMessage? Parent, bool Follows, string Model, IReadOnlyList<string>? Answers)> Queue { get; } = [];

    public HashSet<string> Models { get; } = ["demo", "other"];

    public ModelMessage? Head { get; private set; }

    public ModelMessage? Running { get; private set; }

    public IEnumerable<ModelMessage> Branch => Head?.Path ?? [];

    public ModelMessage? Find(string? id) => Messages.SingleOrDefault(message => message.Id == id);

    public string Take(RandomRequest request)
    {
        if (keys.TryGetValue(request.Key, out var known))
        {
            return Answer(request, known.Id, known.Sequence, known.Fingerprint);
        }

        if (request.Expected is not null && request.Expected != (Head?.Id ?? "none"))
        {
            return $"unexpected {Head?.Id}";
        }

        var target = Find(request.Target);
        if (request.Target is not (null or "") && target is null)
        {
            return "unknown";
        }

        var model = request.Model ?? "demo";

        var question = request.Content is null ? (target!.IsReply ? target.Parent : target) : null;
        var followed = request.Target is not null ? target
            : request.OnBusy == BusyPolicy.Rollback && Head is not null && Head == Running ? Running.Parent!.Parent
            : Head;
        if (question is { Answers: not null } && question.OpenCalls.Any())
        {
            return "nothing to reply to";
        }

        if (request.Answers is not null && request.Answers.Except(followed?.OpenCalls ?? []).FirstOrDefault() is { } unknown)
        {
            return $"unknown call {unknown}";
        }

        if (!Models.Contains(model))
        {
            return "no model";
        }

        if (Running is null)
        {
            return Start(request, question, request.Target is null ? Head : target, model);
        }

        switch (request.OnBusy)
        {
            case BusyPolicy.Reject:
                return $"busy {Running.Id}";
            case BusyPolicy.Queue when Queue.Count == 16:
                return "full";
            case BusyPolicy.Queue:
                var id = NextId();
                keys[request.Key] = (id, Sequence, request.Fingerprint);
                var follows = request.Content is not null && request.Target is null && Head == Running;
                Queue.Add((id, request.Content, follows ? null : question ?? (request.Target is null ? Head : target), follows, model, request.Answers));
                return question is null ? $"queued {id}  {Sequence}" : $"queued {question.Id} {id} {Sequence}";
            default:
                Finish("cancelled");
                var result = Start(request, question, followed, model);
                if (Running is null)
                {
                    StartNext();
                }

                return result;
        }
    }

    public void Hear(RandomPiece piece)
    {
        Sequence++;
        heard.Add((Sequence, piece));
        piece.AddTo(Running!);
    }

    public void End(string status)
    {
        Finish(status);
        StartNext();
    }

    public string CancelAt(int at)
    {
        if (at == lastCut || Running is null)
        {
            return at == lastCut ? "done" : "ended";
        }

        if (at < textFrom || at > Sequence)
        {
            return $"outside {textFrom} {Sequence}";
        }

        Empty(Running);
        foreach (var (_, piece) in heard.TakeWhile(each => each.Sequence <= at))
        {
            piece.AddTo(Running);
        }

        Running.Calls.Clear();
        lastCut = at;
        End("cancelled");
        return "done";
    }

    public string MoveHead(string id, bool toLeaf, string? expected)
    {
        if (Find(id) is not { } message)
        {
            return "unknown";
        }

        message = toLeaf ? Messages.Last(other => other.Path.Contains(message)) : message;
        if (message == Head)
        {
            return $"moved {Head.Id}";
        }

        if (expected is not null && expected != (Head?.Id ?? "none"))
        {
            return $"unexpected {Head?.Id}";
        }

        Sequence++;
        Head = message;
        return $"moved {Head.Id}";
    }

    public bool Unqueue(string id)
    {
        if (Queue.RemoveAll(waiting => waiting.Id == id) > 0)
        {
            Sequence++;
            unqueued.Add(id);
        }

        return unqueued.Contains(id);
    }

    /// <summary>The process that produced the running reply is gone, and another has come.</summary>
    public void TakeOver(string how, string model)
    {
        if (Running is null)
        {
            return;
        }

        if (!Models.Contains(model))
        {
            End("failed");
        }
        else if (how == "Interrupt" || attempts == Attempts)
        {
            End("interrupted");
        }
        else
        {
            attempts++;
            Sequence++;
            // Nobody ever heard what a provider calls the reply, so there is nothing to read on.
            if ((how is "Restart" or "Reattach" && Running.Text.Length > 0) || Running.Thought.Length + Running.Refusal.Length + Running.Calls.Count > 0)
            {
                Begin(Running);
            }
        }
    }

    private string NextId() => $"msg_{++Sequence}";

    private string Answer(RandomRequest request, string id, int sequence, string fingerprint)
    {
        if (fingerprint != request.Fingerprint)
        {
            return "other request";
        }

        if (Queue.Find(waiting => waiting.Id == id) is { Id: not null } waiting)
        {
            return waiting.Content is null ? $"queued {waiting.Parent!.Id} {id} {sequence}" : $"queued {id}  {sequence}";
        }

        return Find(id) is not { } message ? "unqueued"
            : message.IsReply ? $"accepted {message.Parent!.Id} {id} {sequence}"
            : message.Answers is not null && message.OpenCalls.Any() ? $"stored {id} {sequence} {string.Join('|', message.OpenCalls)}"
            : $"accepted {id} {Messages.First(reply => reply.Parent == message && reply.IsReply).Id} {sequence}";
    }

    private string Start(RandomRequest request, ModelMessage? question, ModelMessage? parent, string model)
    {
        var sequence = Sequence + 1;
        if (question is null)
        {
            question = Add(NextId(), parent, request.Content, request.Answers);
            keys[request.Key] = (question.Id, sequence, request.Fingerprint);
            if (question.Answers is not null && question.OpenCalls.Any())
            {
                return $"stored {question.Id} {sequence} {string.Join('|', question.OpenCalls)}";
            }

            Reply(NextId(), question);
        }
        else
        {
            Reply(NextId(), question);
            keys[request.Key] = (Running!.Id, sequence, request.Fingerprint);
        }

        return $"accepted {question.Id} {Running!.Id} {sequence}";
    }

    private void StartNext()
    {
        while (Queue.Count > 0)
        {
            var (id, content, parent, follows, model, answers) = Queue[0];
            Queue.RemoveAt(0);
            if (content is null)
            {
                Sequence++;
                Reply(id, parent!);
            }
            else
            {
                Sequence++;
                var question = Add(id, follows ? lastReply : parent, content, answers);
                if (answers is not null && question.OpenCalls.Any())
                {
                    continue;
                }

                Reply(NextId(), question);
            }

            if (Models.Contains(model))
            {
                return;
            }

            Finish("failed");
        }
    }

    private ModelMessage Add(string id, ModelMessage? parent, string? content, IReadOnlyList<string>? answers = null)
    {
        var message = new ModelMessage { Id = id, Parent = parent, IsReply = content is null, Text = content ?? "", Answers = answers };
        Messages.Add(message);
        return Head = message;
    }

    private void Reply(string id, ModelMessage question)
    {
        Running = lastReply = Add(id, question, null);
        Running.Status = "in_progress";
        attempts = 0;
        Begin(Running);
    }

    private void Begin(ModelMessage reply)
    {
        Empty(reply);
        heard.Clear();
        textFrom = Sequence;
    }

    private static void Empty(ModelMessage reply)
    {
        reply.Text = reply.Thought = reply.Refusal = "";
        reply.Calls.Clear();
    }

    private void Finish(string status)
    {
        Sequence++;
        Running!.Status = status;
        Running = null;
    }
}
