using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Responses;

/// <summary>
/// Streams replies from OpenAI's Responses API, and hides no failure: every fault of the endpoint is a <see cref="ModelException"/>.
/// Waits for as long as it takes; its callers have watchdogs. Cancelling, and leaving the enumeration, abort the request at once, and
/// the response with it; but one that is produced in the background, as <see cref="ChatOptions.AllowBackgroundResponses"/> has it, goes
/// on until <see cref="StopAsync"/>, and is read on with <see cref="ChatOptions.ContinuationToken"/>.
/// </summary>
internal sealed class ResponsesChatClient : StreamingChatClient, IBackgroundResponses
{
    private readonly TimeProvider time;
    private readonly ResponsesEndpoint endpoint;
    private readonly string model;
    private readonly int? mostTokens;
    private readonly bool summarizes;

    /// <summary>Creates the client of one configured model. It is meant to live as long as the process: it keeps the connections.</summary>
    public ResponsesChatClient(ModelOptions options, TimeProvider time)
        : base(new ChatClientMetadata(ModelProviders.OpenAI, options.Endpoint ?? ModelOptions.DefaultEndpoint, options.Model ?? ModelOptions.DefaultUpstreamModel))
    {
        this.time = time;
        var address = options.Endpoint ?? ModelOptions.DefaultEndpoint;
        model = options.Model ?? ModelOptions.DefaultUpstreamModel;
        mostTokens = options.MaxOutputTokens;
        summarizes = options.ReasoningSummaries;
        endpoint = new ResponsesEndpoint(address, options.ApiKey, options.ConnectTimeout, time);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
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
    public Task StopAsync(ResponseContinuationToken response, CancellationToken cancellationToken) =>
        endpoint.CancelAsync(ResponsesToken.Read(response).Id, cancellationToken);

    /// <inheritdoc/>
    public override void Dispose() => endpoint.Dispose();
}
