using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansChat.Benchmarks.Relay;

/// <summary>The model's reply as the relay sees it: pieces of text.</summary>
internal sealed class UpstreamReply(HttpResponseMessage response) : IDisposable
{
    public static async Task<UpstreamReply> StartAsync(HttpClient upstream, string prompt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "bench", stream = true, messages = new[] { new { role = "user", content = prompt } } }),
        };
        var response = await upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new UpstreamReply(response.EnsureSuccessStatusCode());
    }

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream, (_, data) => ContentOf(data)).EnumerateAsync(cancellationToken))
        {
            if (item.Data is { Length: > 0 } content)
            {
                yield return content;
            }
        }
    }

    public void Dispose() => response.Dispose();

    private static string? ContentOf(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return null;
        }

        var reader = new Utf8JsonReader(data);
        using var chunk = JsonDocument.ParseValue(ref reader);
        return chunk.RootElement.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0
            && choices[0].GetProperty("delta").TryGetProperty("content", out var content)
                ? content.GetString()
                : null;
    }
}
