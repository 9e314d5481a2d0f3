using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Sends requests to an OpenAI-compatible endpoint by the SDK's protocol method. Addresses and authentication are the SDK's;
/// retries, buffering and time-outs are switched off, so that every failure is seen, once, and at once.
/// </summary>
internal sealed class UpstreamEndpoint : IDisposable
{
    // Connections are renewed this often, or a change of the endpoint's address in DNS would never be noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient http;
    private readonly HttpClientPipelineTransport transport;
    private readonly ChatClient chat;

    public UpstreamEndpoint(Uri endpoint, string? apiKey, string model, TimeSpan connectTimeout)
    {
        http = new HttpClient(CreateHandler(connectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };
        transport = new HttpClientPipelineTransport(http);
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = transport,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (apiKey is null)
        {
            options.AddPolicy(new WithoutAuthorization(), PipelinePosition.BeforeTransport);
        }

        chat = new ChatClient(model, new ApiKeyCredential(apiKey ?? "none"), options);
    }

    /// <summary>Posts a request, and returns when the headers of the answer are there; an error status is an answer too.</summary>
    public async Task<PipelineResponse> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        var options = new RequestOptions
        {
            BufferResponse = false,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            CancellationToken = cancellationToken,
        };
        var result = await chat.CompleteChatAsync(content, options);
        return result.GetRawResponse();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        transport.Dispose();
        http.Dispose();
    }

    /// <summary>Connections on which every failure shows, and nothing goes where nobody sent it.</summary>
    public static SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,

        // Disposing of a response that has not ended must abort the request, which costs money; by default the handler first
        // reads on for two seconds to save the connection. What has already arrived is still read, so a response that has
        // ended does save it.
        ResponseDrainTimeout = TimeSpan.Zero,

        // A redirect would carry the conversation, and maybe the key, to an address that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
