#pragma warning disable OPENAI001 // The SDK's client of the Responses API is experimental; only its protocol methods are used.
using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI.Responses;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Responses;

/// <summary>
/// Sends requests to an endpoint of the Responses API by the SDK's protocol methods. Addresses and authentication are the SDK's;
/// retries, buffering and time-outs are switched off, so that every failure is seen, once, and at once.
/// </summary>
internal sealed class ResponsesEndpoint : IDisposable
{
    // Some events repeat all of the output, and some servers escape all of it: six bytes a character.
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly HttpClientPipelineTransport transport;
    private readonly ResponsesClient client;

    public ResponsesEndpoint(Uri endpoint, string? apiKey, TimeSpan connectTimeout, TimeProvider time)
    {
        this.time = time;
        http = new HttpClient(UpstreamEndpoint.CreateHandler(connectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };
        transport = new HttpClientPipelineTransport(http);
        var options = new ResponsesClientOptions
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

        client = new ResponsesClient(new ApiKeyCredential(apiKey ?? "none"), options);
    }

    /// <summary>Asks for a response, and returns when its stream has begun.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<EventReader<ResponsesEvent>> CreateAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        var response = await SendAsync(options => client.CreateResponseAsync(content, options), cancellationToken);
        return await OpenAsync(response, cancellationToken);
    }

    /// <summary>Goes on with the stream of a response after one of its events, and returns when that has begun.</summary>
    /// <exception cref="ModelException">There is none; <see cref="ModelErrors.ResponseLost"/> where there will be none.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<EventReader<ResponsesEvent>> ResumeAsync(ResponsesToken place, CancellationToken cancellationToken)
    {
        var after = (int)Math.Min(place.After, int.MaxValue);
        var response = await SendAsync(
            options => client.GetResponseAsync(place.Id, include: null, stream: true, startingAfter: after, includeObfuscation: null, options),
            cancellationToken);
        if (response.Status is (>= 400 and < 500 and not (401 or 403 or 408 or 429)) || (IsSuccess(response) && !AnswerHeaders.IsEventStream(response)))
        {
            response.Dispose();
            throw new ModelException(ModelErrors.ResponseLost, "The model endpoint does not know the response any more, or cannot go on with its stream.");
        }

        return await OpenAsync(response, cancellationToken);
    }

    /// <summary>Has the provider stop a response.</summary>
    /// <exception cref="ModelException">The provider could not be told.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(options => client.CancelResponseAsync(id, options), cancellationToken);

        // Unknown, or ended: there is nothing to stop.
        if (!IsSuccess(response) && response.Status is not (400 or 404 or 409 or 410))
        {
            throw await RefusedAsync(response, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        transport.Dispose();
        http.Dispose();
    }

    private static async Task<PipelineResponse> SendAsync(Func<RequestOptions, Task<ClientResult>> send, CancellationToken cancellationToken)
    {
        var options = new RequestOptions
        {
            BufferResponse = false,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            CancellationToken = cancellationToken,
        };
        try
        {
            var result = await send(options);
            return result.GetRawResponse();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (UpstreamFaults.IsFault(exception))
        {
            throw UpstreamFaults.Broken(exception);
        }
    }

    private async Task<EventReader<ResponsesEvent>> OpenAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        if (IsSuccess(response) && AnswerHeaders.IsEventStream(response) && !AnswerHeaders.IsCompressed(response))
        {
            return new EventReader<ResponsesEvent>(
                response, response.ContentStream ?? Stream.Null, ResponsesEventParser.Parse, MostBytes, this.time, cancellationToken);
        }

        using (response)
        {
            throw IsSuccess(response)
                ? UpstreamFaults.NotAStream()
                : await RefusedAsync(response, cancellationToken);
        }
    }

    private async Task<ModelException> RefusedAsync(PipelineResponse response, CancellationToken cancellationToken) => UpstreamFaults.Refused(
        response.Status,
        await ErrorBody.ReadAsync(response, this.time, cancellationToken),
        AnswerHeaders.AskedWait(response, this.time.GetUtcNow()));

    private static bool IsSuccess(PipelineResponse response) => response.Status is >= 200 and < 300;
}
