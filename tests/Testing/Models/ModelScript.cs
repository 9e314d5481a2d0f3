using System.Collections.Immutable;
using System.Text;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Testing.Models;

/// <summary>
/// What a <see cref="ModelServer"/> does in answer to one request, step by step. Immutable, so a script can be sent often and
/// built upon. A script that just ends closes the response cleanly, as a truncating server does: <see cref="Finish"/>,
/// <see cref="Usage"/> and <see cref="Done"/> are steps of their own.
/// </summary>
/// <example><code>
/// ModelScript.Stream.Text("Hello").Wait(gate).Text(" world").Finish().Usage(12, 2).Done()
/// </code></example>
public sealed class ModelScript
{
    private readonly ImmutableArray<ModelStep> steps;

    private ModelScript(ImmutableArray<ModelStep> steps) => this.steps = steps;

    /// <summary>The script with no steps: a stream without events.</summary>
    public static ModelScript Stream { get; } = new([]);

    /// <summary>The steps.</summary>
    internal ImmutableArray<ModelStep> Steps => this.steps;

    /// <summary>A whole and good reply: the pieces, <c>stop</c>, a usage of 10 tokens read and one written per piece, <c>[DONE]</c>.</summary>
    public static ModelScript Reply(params string[] pieces) =>
        Stream.Text(pieces).Finish().Usage(10, pieces.Length).Done();

    /// <summary>An answer without a stream, such as a refusal.</summary>
    /// <param name="code">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="headers">More headers, such as <c>Retry-After</c>.</param>
    public static ModelScript Status(
        int code, string body = "", string contentType = "application/json", IReadOnlyDictionary<string, string>? headers = null) =>
        Stream.Then(new ModelStep.Answer(code, body, contentType, headers ?? ImmutableDictionary<string, string>.Empty));

    /// <summary>Sends each text as a delta.</summary>
    public ModelScript Text(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Say(pieces);
        return pieces.Aggregate(this, (script, piece) => script.Event(ModelChunks.Text(piece)));
    }

    /// <summary>Sends each text as a delta, with a pause before each.</summary>
    public ModelScript Text(IEnumerable<string> pieces, TimeSpan every)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return pieces.Aggregate(this, (script, piece) => script.Pause(every).Text(piece));
    }

    /// <summary>Sends each text as a delta of thinking.</summary>
    public ModelScript Reasoning(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Say(pieces);
        return pieces.Aggregate(this, (script, piece) => script.Event(ModelChunks.Reasoning(piece)));
    }

    /// <summary>Sends each text as a delta of a refusal.</summary>
    public ModelScript Refusal(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Say(pieces);
        return pieces.Aggregate(this, (script, piece) => script.Event(ModelChunks.Refusal(piece)));
    }

    /// <summary>Sends the beginning of a tool call, and then each text as a piece of its arguments.</summary>
    public ModelScript ToolCall(int index, string id, string name, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Say(arguments);
        return arguments.Aggregate(Event(ModelChunks.ToolCall(index, id, name)), (script, piece) => script.Event(ModelChunks.Arguments(index, piece)));
    }

    /// <summary>Sends the end signal.</summary>
    public ModelScript Finish(string reason = "stop") => Event(ModelChunks.Finish(reason));

    /// <summary>Sends a usage chunk of its own, with <c>choices: []</c>.</summary>
    public ModelScript Usage(int input, int output) => Event(ModelChunks.Usage(input, output));

    /// <summary>Sends <c>data: [DONE]</c>.</summary>
    public ModelScript Done() => Event("[DONE]");

    /// <summary>Sends an error within the stream, as a chunk with an <c>error</c>.</summary>
    public ModelScript Error(string code, string type = "server_error", string message = "It broke.") =>
        Event(ModelChunks.Error(code, type, message));

    /// <summary>Sends one event with this data, which is one line.</summary>
    public ModelScript Event(string data, string? type = null) =>
        Raw(type is null ? $"data: {data}\n\n" : $"event: {type}\ndata: {data}\n\n");

    /// <summary>Sends text as it is.</summary>
    public ModelScript Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are, flushed.</summary>
    public ModelScript Raw(ReadOnlyMemory<byte> bytes) => Then(new ModelStep.Raw(bytes));

    /// <summary>Sends the headers, and nothing more yet. Without it they go out with the first event.</summary>
    public ModelScript Headers() => Then(new ModelStep.SendHeaders());

    /// <summary>Uses another status than 200 for what follows; before anything is sent.</summary>
    public ModelScript StatusCode(int code) => Then(new ModelStep.UseStatus(code));

    /// <summary>Uses another content type, or none at all; before anything is sent.</summary>
    public ModelScript ContentType(string? value) => Then(new ModelStep.UseContentType(value));

    /// <summary>Writes and flushes each byte by itself from here on.</summary>
    public ModelScript OneByteWrites() => Then(new ModelStep.OneByteWrites());

    /// <summary>Sends nothing for a time, by the server's clock.</summary>
    public ModelScript Pause(TimeSpan time) => Then(new ModelStep.Delay(time));

    /// <summary>Waits until the test opens the gate.</summary>
    public ModelScript Wait(Gate gate) => Then(new ModelStep.Wait(gate));

    /// <summary>Falls silent until the client leaves or the server is disposed of.</summary>
    public ModelScript Stall() => Then(new ModelStep.Stall());

    /// <summary>Resets the connection (RST). What the client has not read by then is lost, so put a gate before it.</summary>
    public ModelScript Reset() => Then(new ModelStep.Reset());

    /// <summary>Closes the connection in the middle of the response (FIN, without the end of its chunked coding), after all that was sent.</summary>
    public ModelScript Cut() => Then(new ModelStep.Cut());

    // Whole, and as it comes.
    private static void Say(string[] pieces) => Array.ForEach([string.Concat(pieces), .. pieces], Secrets.Say);

    private ModelScript Then(ModelStep step) => new(this.steps.Add(step));
}
