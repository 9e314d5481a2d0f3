using System.Text.Json;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Models.Responses;

/// <summary>
/// One response of a <see cref="ResponsesServer"/>, written by the test. Its events are numbered and kept; every connection gets those after
/// its own cursor, and then what comes.
/// </summary>
public sealed class ServedResponse
{
    private readonly Lock gate = new();
    private readonly List<string> frames = [];
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool> breaking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool hasText;
    private bool isOver;

    internal ServedResponse(string id, JsonElement request)
    {
        Id = id;
        Request = request;
        Add("response.created", $$"""{"response":{{Snapshot("in_progress")}}}""");
        Add("response.in_progress", $$"""{"response":{{Snapshot("in_progress")}}}""");
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>What was asked for.</summary>
    public JsonElement Request { get; }

    /// <summary>Whether it is produced also where nobody reads it.</summary>
    public bool IsBackground => Request.TryGetProperty("background", out var background) && background.GetBoolean();

    /// <summary>Completes when somebody cancels it.</summary>
    public Task Cancelled => cancelled.Task;

    /// <summary>Completes when a reader has left before its end.</summary>
    public Task Left => left.Task;

    /// <summary>The cursors (<c>starting_after</c>) with which it was read, in order; null for the connection that asked for it.</summary>
    public IReadOnlyList<long?> Cursors
    {
        get
        {
            lock (gate)
            {
                return [.. ReadFrom];
            }
        }
    }

    private List<long?> ReadFrom { get; } = [];

    /// <summary>Says each text as a delta.</summary>
    public void Emit(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (!hasText)
        {
            hasText = true;
            Add("response.output_item.added", """{"output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}""");
            Add("response.content_part.added", """{"item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}""");
        }

        foreach (var piece in pieces)
        {
            Add("response.output_text.delta", $$"""{"item_id":"msg_1","output_index":0,"content_index":0,"delta":{{Quote(piece)}},"logprobs":[]}""");
        }
    }

    /// <summary>Says a summary of the reasoning, as an item of its own.</summary>
    public void Reason(int item, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Add("response.output_item.added", $$$"""{"output_index":{{{item}}},"item":{"id":"rs_{{{item}}}","type":"reasoning","summary":[]}}""");
        foreach (var piece in pieces)
        {
            Add("response.reasoning_summary_text.delta", $$"""{"item_id":"rs_{{item}}","output_index":{{item}},"summary_index":0,"delta":{{Quote(piece)}}}""");
        }
    }

    /// <summary>Calls a function, as an item of its own, the arguments in pieces; without pieces they come whole, with the item's end.</summary>
    public void Call(int item, string callId, string name, string arguments, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var call = $""""
            "id":"fc_{item}","type":"function_call","call_id":{Quote(callId)},"name":{Quote(name)}
            """";
        Add("response.output_item.added", $$$"""{"output_index":{{{item}}},"item":{{{{call}}},"status":"in_progress","arguments":""}}""");
        foreach (var piece in pieces)
        {
            Add("response.function_call_arguments.delta", $$"""{"item_id":"fc_{{item}}","output_index":{{item}},"delta":{{Quote(piece)}}}""");
        }

        Add("response.function_call_arguments.done", $$"""{"item_id":"fc_{{item}}","output_index":{{item}},"arguments":{{Quote(arguments)}}}""");
        Add("response.output_item.done", $$$"""{"output_index":{{{item}}},"item":{{{{call}}},"status":"completed","arguments":{{{Quote(arguments)}}}}}""");
    }

    /// <summary>Refuses.</summary>
    public void Refuse(string text) =>
        Add("response.refusal.delta", $$"""{"item_id":"msg_1","output_index":0,"content_index":0,"delta":{{Quote(text)}}}""");

    /// <summary>Ends complete.</summary>
    public void Complete(int input = 10, int output = 5) => End("response.completed", Snapshot("completed", $$"""
        ,"usage":{"input_tokens":{{input}},"input_tokens_details":{"cached_tokens":4},"output_tokens":{{output}},"output_tokens_details":{"reasoning_tokens":3},"total_tokens":{{input + output}}}
        """));

    /// <summary>Ends incomplete.</summary>
    /// <param name="reason"><c>max_output_tokens</c> or <c>content_filter</c>.</param>
    public void Incomplete(string reason) =>
        End("response.incomplete", Snapshot("incomplete", $$""","incomplete_details":{"reason":{{Quote(reason)}}}"""));

    /// <summary>Fails.</summary>
    public void Fail(string code) =>
        End("response.failed", Snapshot("failed", $$""","error":{"code":{{Quote(code)}},"message":"It broke, sk-secret."}"""));

    /// <summary>Sends an event of any type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="properties">An object with what its JSON has beside the type and the number.</param>
    public void Event(string type, string properties) => Add(type, properties);

    /// <summary>Breaks the connections that it is read by; it goes on.</summary>
    /// <param name="cleanly">Whether they end as if all had been said, in place of being cut.</param>
    public void Break(bool cleanly)
    {
        lock (gate)
        {
            breaking.TrySetResult(cleanly);
            breaking = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until it is read by this many connections, those that have ended included.</summary>
    /// <exception cref="TimeoutException">It was not within <see cref="TestLimits.Signal"/>.</exception>
    public async Task WaitForReadersAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (ReadFrom.Count >= count)
                {
                    return;
                }

                next = changed.Task;
            }

            await next.WaitAsync(TestLimits.Signal);
        }
    }

    internal void Cancel()
    {
        cancelled.TrySetResult();
        lock (gate)
        {
            if (isOver)
            {
                return;
            }
        }

        End("response.cancelled", Snapshot("cancelled"));
    }

    internal void ReaderLeft() => left.TrySetResult();

    /// <summary>Sends the events after a cursor, and then what comes. True at the response's end, false where the connection is to be cut.</summary>
    internal async Task<bool> ServeAsync(long? after, Func<string, Task> send, CancellationToken cancellationToken)
    {
        Task<bool> broken;
        lock (gate)
        {
            ReadFrom.Add(after);
            broken = breaking.Task;
            Changed();
        }

        for (var next = (int)(after + 1 ?? 0); ;)
        {
            string[] fresh;
            Task more;
            bool over;
            lock (gate)
            {
                fresh = [.. frames.Skip(next)];
                (more, over) = (changed.Task, isOver);
            }

            next += fresh.Length;
            foreach (var frame in fresh)
            {
                await send(frame);
            }

            if (over)
            {
                return true;
            }

            if (await Task.WhenAny(more, broken).WaitAsync(cancellationToken) == broken)
            {
                return await broken;
            }
        }
    }

    private string Snapshot(string status, string more = "") =>
        $$"""{"id":"{{Id}}","object":"response","created_at":1893499200,"status":"{{status}}","model":"test-model","output":[]{{more}}}""";

    private void End(string type, string response)
    {
        lock (gate)
        {
            Add(type, $$"""{"response":{{response}}}""");
            isOver = true;
        }
    }

    private void Add(string type, string properties)
    {
        lock (gate)
        {
            frames.Add($"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":{frames.Count},{properties.ReplaceLineEndings("")[1..]}\n\n");
            Changed();
        }
    }

    // Under the gate.
    private void Changed()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
