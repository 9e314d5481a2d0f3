using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Sends Messages requests by the SDK, whose are the address, the version and the authentication. Its typed stream is not used: it ends
/// as if all were well where a stream is cut off, drops what it does not know, and puts the endpoint's texts into its exceptions.
/// Retries and time-outs are switched off, so that every failure is seen, once, and at once.
/// </summary>
internal sealed class AnthropicEndpoint : IDisposable
{
    // The SDK adds it itself; everybody else's base URLs end with it.
    private const string Version = "/v1";

    // The SDK tells the endpoint how long it is going to wait for the answer to begin, which an infinite time does not go with.
    private static readonly TimeSpan LongEnough = TimeSpan.FromDays(1);

    private static readonly IReadOnlyDictionary<string, JsonElement> None = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    private readonly HttpClient http;
    private readonly AnthropicClient client;

    public AnthropicEndpoint(Uri endpoint, string? apiKey, TimeSpan connectTimeout, TimeProvider time)
    {
        var address = endpoint.AbsoluteUri.TrimEnd('/');
        var handler = new RefusalHandler(UpstreamEndpoint.CreateHandler(connectTimeout), time);
        http = new HttpClient(apiKey is null ? new WithoutKey(handler) : (HttpMessageHandler)handler) { Timeout = Timeout.InfiniteTimeSpan };

        // A key in any case: without one the SDK takes what it finds in the environment, or in files of other tools, and a key may go to
        // the address that it was configured for only.
        client = new AnthropicClient(new ClientOptions
        {
            HttpClient = http,
            BaseUrl = address.EndsWith(Version, StringComparison.Ordinal) ? address[..^Version.Length] : address,
            ApiKey = apiKey ?? "none",
            MaxRetries = 0,
            Timeout = LongEnough,
        });
    }

    /// <summary>Posts a request, and returns when the headers of a successful answer are there.</summary>
    /// <exception cref="ModelException">The endpoint refused it.</exception>
    public async Task<HttpResponseMessage> PostAsync(IReadOnlyDictionary<string, JsonElement> body, CancellationToken cancellationToken)
    {
        try
        {
            var request = new HttpRequest<MessageCreateParams>
            {
                Method = HttpMethod.Post,
                Params = MessageCreateParams.FromRawUnchecked(None, None, body),
            };
            var response = await client.WithRawResponse.Execute(request, cancellationToken);
            return response.RawMessage;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (AnthropicIOException exception)
        {
            throw UpstreamFaults.Broken(exception.InnerException is { } cause ? cause : exception);
        }
        catch (Exception exception) when (UpstreamFaults.IsFault(exception))
        {
            throw UpstreamFaults.Broken(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }
}
