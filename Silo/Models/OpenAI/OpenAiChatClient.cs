using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Streams replies from any endpoint that speaks OpenAI's Chat Completions, and hides no failure: every fault of the endpoint is
/// a <see cref="ModelException"/>. Always asks the configured model. Waits for as long as it takes; its
/// callers have watchdogs. Cancelling, and leaving the enumeration, abort the request at once.
/// </summary>
internal sealed class OpenAiChatClient : StreamingChatClient
{
    /// <summary>Who runs the models of the default endpoint.</summary>
    public const string OwnedBy = "openai";

    /// <summary>Who runs the models of any other endpoint.</summary>
    public const string OwnedByOthers = "openai-compatible";

    private readonly TimeProvider time;
    private readonly UpstreamEndpoint endpoint;
    private readonly string model;
    private readonly string maxTokensName;

    /// <summary>Creates the client of one configured model. It is meant to live as long as the process: it keeps the connections.</summary>
    public OpenAiChatClient(ModelOptions options, TimeProvider time)
        : base(new ChatClientMetadata(ModelProviders.OpenAI, options.Endpoint ?? ModelOptions.DefaultEndpoint, options.Model ?? ModelOptions.DefaultUpstreamModel))
    {
        var address = options.Endpoint ?? ModelOptions.DefaultEndpoint;
        this.time = time;
        model = options.Model ?? ModelOptions.DefaultUpstreamModel;
        endpoint = new UpstreamEndpoint(address, options.ApiKey, model, options.ConnectTimeout);

        // OpenAI's reasoning models refuse the old name; most compatible servers know no other.
        maxTokensName = IsOpenAi(address.Host) ? "max_completion_tokens" : "max_tokens";
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var body = ChatRequestBody.Write(model, maxTokensName, messages, options);
        await using var reply = await OpenAsync(body, cancellationToken);
        while (await reply.ReadAsync() is { } update)
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => endpoint.Dispose();

    private async Task<UpstreamReply> OpenAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var response = await PostAsync(body, cancellationToken);
        if (response is { Status: >= 200 and < 300 } && AnswerHeaders.IsEventStream(response) && !AnswerHeaders.IsCompressed(response))
        {
            return new UpstreamReply(response, this.time, cancellationToken);
        }

        using (response)
        {
            throw response.Status is >= 200 and < 300
                ? UpstreamFaults.NotAStream()
                : UpstreamFaults.Refused(
                    response.Status, await ErrorBody.ReadAsync(response, this.time, cancellationToken), AnswerHeaders.AskedWait(response, this.time.GetUtcNow()));
        }
    }

    private async Task<PipelineResponse> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.PostAsync(body, cancellationToken);
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

    private static bool IsOpenAi(string host) =>
        host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);
}
