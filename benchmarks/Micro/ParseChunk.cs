using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Micro;

/// <summary>Reads the text of a model's chunk.</summary>
public class ParseChunk
{
    [Benchmark(Baseline = true, Description = "JsonSerializer, all of it")]
    public string? Plain() => JsonSerializer.Deserialize<Completion>(Reply.Chunk, JsonSerializerOptions.Web)!.Choices![0].Delta!.Content;

    [Benchmark(Description = "JsonDocument")]
    public string? Document()
    {
        using var chunk = JsonDocument.Parse(Reply.Chunk);
        return chunk.RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString();
    }

    [Benchmark(Description = "ChunkParser")]
    public string? Product() => ChunkParser.Parse("message", Reply.Chunk).Delta.Text;

    private sealed record Completion(string? Id, string? Object, long Created, string? Model, List<Choice>? Choices, Dictionary<string, JsonElement>? Usage);

    private sealed record Choice(int Index, Delta? Delta, string? FinishReason);

    private sealed record Delta(string? Role, string? Content);
}
