using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Responses;

/// <summary>
/// Streams replies from OpenAI's Responses API, and hides no failure: every fault of the endpoint is a <see cref="ModelException"/>.
/// Waits for as long as it takes; its callers have watchdogs. Cancelling, and leaving the enumeration, abort the request at once, and
/// the response with it; but one that is produced in the background, as <see cref="ChatOptions.AllowBackgroundResponses"/> has it, goes
/// on until <see cref="StopAsync"/>, and is read on with <see cref="ChatOptions.ContinuationToken"/>.
/// </summary>
internal sealed class ResponsesChatClient : IChatClient, IBackgroundResponses
{
    private readonly TimeProvider time;
    private readonly ResponsesEndpoint endpoint;
    private readonly ChatClientMetadata metadata;
    private readonly string model;
    private readonly int? mostTokens;
    private readonly bool summarizes;

    /// <summary>Creates the client of one configured model. It is meant to live as long as the process: it keeps the connections.</summary>
    public ResponsesChatClient(ModelOptions options, TimeProvider time)
    {
        this.time = time;
        var address = options.Endpoint ?? ModelOptions.DefaultEndpoint;
        model = options.Model ?? ModelOptions.DefaultUpstreamModel;
        mostTokens = options.MaxOutputTokens;
        summarizes = options.ReasoningSummaries;
        metadata = new ChatClientMetadata(ModelProviders.OpenAI, address, model);
        endpoint = new ResponsesEndpoint(address, options.ApiKey, options.ConnectTimeout, time);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var place = options?.ContinuationToken is { } token ? ResponsesToken.Read(token) : null;
        var body = place is null ? ResponsesRequestBody.Write(model, mostTokens, summarizes, messages, options) : default;
        var isBackground = place is not null || options?.AllowBackgroundResponses == true;
        await using var reply = new ResponsesReply(endpoint, body, place, isBackground, this.time, cancellationToken);
        while (await reply.ReadAsync() is { } update)
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(ResponseContinuationToken response, CancellationToken cancellationToken) =>
        endpoint.CancelAsync(ResponsesToken.Read(response).Id, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => endpoint.Dispose();
}
