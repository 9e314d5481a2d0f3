using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Streams replies from Anthropic's Messages API, and hides no failure: every fault of the endpoint is a <see cref="ModelException"/>.
/// Waits for as long as it takes; its callers have watchdogs. Cancelling, and leaving the enumeration, abort the request at once.
/// </summary>
internal sealed class AnthropicChatClient : StreamingChatClient
{
    /// <summary>Who runs the models.</summary>
    public const string OwnedBy = "anthropic";

    /// <summary>How many tokens a reply may have where nobody says: all models of the last years can do that.</summary>
    public const int DefaultMaxOutputTokens = 8192;

    private readonly TimeProvider time;
    private readonly AnthropicEndpoint endpoint;
    private readonly string model;
    private readonly int mostTokens;
    private readonly int? thinkingTokens;

    /// <summary>Creates the client of one configured model. It is meant to live as long as the process: it keeps the connections.</summary>
    public AnthropicChatClient(ModelOptions options, TimeProvider time)
        : base(new ChatClientMetadata(ModelProviders.Anthropic, options.Endpoint ?? ModelOptions.AnthropicEndpoint, options.Model ?? ""))
    {
        this.time = time;
        var address = options.Endpoint ?? ModelOptions.AnthropicEndpoint;
        model = options.Model ?? "";
        mostTokens = options.MaxOutputTokens ?? DefaultMaxOutputTokens;
        thinkingTokens = options.ThinkingTokens;
        endpoint = new AnthropicEndpoint(address, options.ApiKey, options.ConnectTimeout, time);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (body, trimmed) = AnthropicRequestBody.Write(model, mostTokens, thinkingTokens, messages, options);
        var response = await endpoint.PostAsync(body, cancellationToken);
        await using var reply = new AnthropicReply(await OpenAsync(response, cancellationToken), trimmed);
        while (await reply.ReadAsync() is { } update)
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => endpoint.Dispose();

    private async Task<EventReader<AnthropicEvent>> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!AnswerHeaders.IsEventStream(response.Content.Headers) || AnswerHeaders.IsCompressed(response.Content.Headers))
        {
            response.Dispose();
            throw UpstreamFaults.NotAStream();
        }

        var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new EventReader<AnthropicEvent>(
            response, content, AnthropicEventParser.Parse, EventBudgetStream.MostBytes, this.time, cancellationToken);
    }
}
