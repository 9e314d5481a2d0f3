using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>What a conversation should be, told as simply as possible and without a line of the product's.</summary>
internal sealed class ConversationModel
{
    private const int Attempts = 5;

    private readonly Dictionary<string, (string Id, int Sequence, string Fingerprint, string? Question)> keys = [];
    private readonly Dictionary<string, string> firstReplies = [];
    private readonly HashSet<string> deleted = [];
    private readonly List<(int Sequence, RandomPiece Piece)> heard = [];
    private readonly HashSet<string> unqueued = [];
    private int attempts;
    private int textFrom;
    private int lastCut;
    private ModelMessage? lastReply;

    public int Sequence { get; private set; } = 1;

    public List<ModelMessage> Messages { get; } = [];

    public List<(string Id, string? Content, ModelMessage? Parent, bool Follows, string Model, RandomRequest Request)> Queue { get; } = [];

    public HashSet<string> Models { get; } = ["demo", "other"];

    public ModelMessage? Head { get; private set; }

    public ModelMessage? Running { get; private set; }

    public IEnumerable<ModelMessage> Branch => Head?.Path ?? [];

    public ModelMessage? Find(string? id) => Messages.SingleOrDefault(message => message.Id == id);

    public string Take(RandomRequest request)
    {
        if (keys.TryGetValue(request.Key, out var known))
        {
            return known.Fingerprint == request.Fingerprint ? Answer(known.Id, known.Sequence, known.Question) : "other request";
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

        var question = request.Content is null ? target!.Question : null;
        var followed = request.Target is not null ? target
            : request.OnBusy == BusyPolicy.Rollback && Head is not null && Head == Running ? Running.Parent!.Parent
            : Head;
        if (request.Content is null && (question is null || (question.Answers is not null && question.OpenCalls.Any())))
        {
            return "nothing to reply to";
        }

        if (request.Content is not null && UnknownCall(followed, request.Preceding, request.Answers) is { } unknown)
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
                keys[request.Key] = (id, Sequence, request.Fingerprint, question?.Id);
                var follows = request.Content is not null && request.Target is null && Head == Running;
                Queue.Add((id, request.Content, follows ? null : question ?? (request.Target is null ? Head : target), follows, model, request));
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

    public string Append(RandomAppend request)
    {
        if (keys.TryGetValue(request.Key, out var known))
        {
            return known.Fingerprint == request.Fingerprint ? Appended(known.Sequence) : "other request";
        }

        if (Running is not null)
        {
            return $"busy {Running.Id}";
        }

        var target = request.Target is null ? Head : Find(request.Target);
        if (request.Target is not (null or "") && target is null)
        {
            return "unknown";
        }

        if (UnknownCall(target, request.Messages, null) is { } unknown)
        {
            return $"unknown call {unknown}";
        }

        var last = AddPast(request.Messages, target)!;
        keys[request.Key] = (last.Id, Sequence, request.Fingerprint, null);
        return Appended(Sequence);

        string Appended(int last) =>
            $"appended {string.Join('|', Enumerable.Range(last - request.Messages.Count + 1, request.Messages.Count).Select(sequence => $"msg_{sequence}"))} {last}";
    }

    public string Delete(string id)
    {
        if (deleted.Contains(id) || Find(id) is not { } message)
        {
            return deleted.Contains(id) ? "deleted" : "unknown";
        }

        if (Running is not null && (message == Running || message == Running.Parent))
        {
            return "in use";
        }

        foreach (var waiting in Queue.Where(waiting => waiting.Content is null && waiting.Parent == message).ToList())
        {
            Unqueue(waiting.Id);
        }

        Sequence++;
        deleted.Add(id);
        Messages.Remove(message);
        foreach (var next in Messages.Where(next => next.Parent == message))
        {
            next.HasLostQuestion |= next.IsReply;
            next.Parent = message.Parent;
        }

        for (var i = 0; i < Queue.Count; i++)
        {
            Queue[i] = Queue[i] with { Parent = Queue[i].Parent == message ? message.Parent : Queue[i].Parent };
        }

        Head = Head == message ? message.Parent : Head;
        return "deleted";
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

    private string Answer(string id, int sequence, string? question)
    {
        if (Queue.Exists(waiting => waiting.Id == id))
        {
            return question is null ? $"queued {id}  {sequence}" : $"queued {question} {id} {sequence}";
        }

        if (unqueued.Contains(id) || question is not null)
        {
            return question is null || unqueued.Contains(id) ? "unqueued" : $"accepted {question} {id} {sequence}";
        }

        return firstReplies.TryGetValue(id, out var reply)
            ? $"accepted {id} {reply} {sequence}"
            : $"stored {id} {sequence} {string.Join('|', Find(id)?.OpenCalls ?? [])}";
    }

    private static string? UnknownCall(ModelMessage? after, IReadOnlyList<RandomPast> messages, IReadOnlyList<string>? answers)
    {
        var open = (after?.OpenCalls ?? []).ToList();
        foreach (var message in messages)
        {
            if (message.Answers is null)
            {
                open = [.. message.Calls];
            }
            else if (message.Answers.Except(open).FirstOrDefault() is { } unknown)
            {
                return unknown;
            }
            else
            {
                open.RemoveAll(message.Answers.Contains);
            }
        }

        return (answers ?? []).Except(open).FirstOrDefault();
    }

    private string Start(RandomRequest request, ModelMessage? question, ModelMessage? parent, string model)
    {
        var sequence = Sequence + 1;
        if (question is null)
        {
            parent = AddPast(request.Preceding, parent);
            sequence = Sequence + 1;
            question = Add(NextId(), parent, request.Role, request.Content!, request.Answers);
            keys[request.Key] = (question.Id, sequence, request.Fingerprint, null);
            if (question.Answers is not null && question.OpenCalls.Any())
            {
                return $"stored {question.Id} {sequence} {string.Join('|', question.OpenCalls)}";
            }

            Reply(NextId(), question);
        }
        else
        {
            Reply(NextId(), question);
            keys[request.Key] = (Running!.Id, sequence, request.Fingerprint, question.Id);
        }

        return $"accepted {question.Id} {Running!.Id} {sequence}";
    }

    private void StartNext()
    {
        while (Queue.Count > 0)
        {
            var (id, content, parent, follows, model, request) = Queue[0];
            Queue.RemoveAt(0);
            if (content is null)
            {
                Sequence++;
                Reply(id, parent!);
            }
            else
            {
                var before = AddPast(request.Preceding, follows ? lastReply : parent);
                Sequence++;
                var question = Add(id, before, request.Role, content, request.Answers);
                if (request.Answers is not null && question.OpenCalls.Any())
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

    private ModelMessage Add(string id, ModelMessage? parent, string role, string text, IReadOnlyList<string>? answers = null) =>
        Add(new ModelMessage { Id = id, Parent = parent, Role = role, Text = text, Answers = answers });

    private ModelMessage Add(ModelMessage message)
    {
        Messages.Add(message);
        return Head = message;
    }

    private ModelMessage? AddPast(IReadOnlyList<RandomPast> messages, ModelMessage? parent)
    {
        foreach (var past in messages)
        {
            parent = Add(new ModelMessage
            {
                Id = NextId(),
                Parent = parent,
                Role = past.Role,
                Text = past.Text,
                Answers = past.Answers,
                CallIds = past.Calls,
                Thought = past.Role == "assistant" ? "hm" : "",
                Refusal = past.Role == "assistant" && past.Text.Length == 0 ? "no" : "",
            });
            parent.Calls.AddRange(past.Calls.Select(_ => "{}"));
        }

        return parent;
    }

    private void Reply(string id, ModelMessage question)
    {
        Running = lastReply = Add(id, question, "assistant", "");
        Running.Status = "in_progress";
        firstReplies.TryAdd(question.Id, id);
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
