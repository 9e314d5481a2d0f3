using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansChat.Testing.Secrecy;

/// <summary>Hears what a client says to the product, and sees that no answer to a mistake repeats any of it.</summary>
internal sealed class ListeningHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Longer ones are tests of how much is allowed, and say nothing.
    private const int LongestBody = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await HearAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode >= 400)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Secrets.AssertNoneIn(
                await response.Content.ReadAsStringAsync(cancellationToken),
                $"The answer {(int)response.StatusCode} to {request.Method} {request.RequestUri?.AbsolutePath}");
        }

        return response;
    }

    // Without a change to how the body is sent: buffered, it would have a length.
    private static async Task HearAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Gathering.Query(request.RequestUri);
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                Gathering.Header(name, value);
            }
        }

        switch (request.Content)
        {
            case JsonContent { Value: { } value } json:
                Gathering.Json(JsonSerializer.SerializeToElement(value, json.ObjectType, JsonSerializerOptions.Web));
                break;
            case ByteArrayContent { Headers.ContentLength: <= LongestBody } bytes:
                Gathering.Json(await bytes.ReadAsByteArrayAsync(cancellationToken));
                break;
        }
    }
}
