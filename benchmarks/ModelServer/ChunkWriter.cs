using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>The chunks of one completion, with the properties that OpenAI's own have, in their order.</summary>
internal sealed class ChunkWriter(string model, bool includeUsage)
{
    private readonly string head =
        $$"""{"id":"chatcmpl-{{Guid.NewGuid():N}}","object":"chat.completion.chunk","created":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"model":"{{JsonEncodedText.Encode(model)}}","service_tier":"default","system_fingerprint":"fp_bench","choices":""";

    // Who asks for usage gets the property in every chunk, null in all but the last.
    private readonly string tail = includeUsage ? ",\"usage\":null}" : "}";

    public void WriteRole(IBufferWriter<byte> output) =>
        Write(output, Choice("""{"role":"assistant","content":"","refusal":null}""", "null"));

    /// <summary>A whole frame with a stamp of zeros: made once per reply, so that a delta costs fourteen digits and a copy.</summary>
    public DeltaTemplate DeltaTemplate()
    {
        var content = Encoding.UTF8.GetString(Stamp.Prefix) + new string('0', Stamp.Digits);
        return new DeltaTemplate(Encoding.UTF8.GetBytes(Frame(Choice($$"""{"content":"{{content}}"}""", "null"))));
    }

    public void WriteEnd(IBufferWriter<byte> output, int count)
    {
        Write(output, Choice("{}", "\"stop\""));
        if (includeUsage)
        {
            Write(output, $$$"""{{{head}}}[],"usage":{"prompt_tokens":12,"completion_tokens":{{{count}}},"total_tokens":{{{count + 12}}}}}""");
        }

        Write(output, "[DONE]");
    }

    private string Choice(string delta, string finishReason) =>
        $$"""{{head}}[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finishReason}}}]{{tail}}""";

    private static void Write(IBufferWriter<byte> output, string data) => Encoding.UTF8.GetBytes(Frame(data), output);

    private static string Frame(string data) => $"data: {data}\n\n";
}
