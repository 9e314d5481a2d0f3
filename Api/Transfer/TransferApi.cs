using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Transfer;

/// <summary>Conversations as files: out, and in again.</summary>
internal static class TransferApi
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Each holds its body, and what it is made into, in memory.
    private static readonly SemaphoreSlim Imports = new(4, 4);

    // Who sends slower than this keeps others from sending.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void MapTransfer(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/export", Export).WithSummary("Export a conversation as JSON Lines or Markdown");
        group.MapPost("/import", Import).WithSummary("Import a conversation that was exported");
    }

    private static async Task<Results<ExportResult, ProblemHttpResult>> Export(
        HttpContext context, ConversationLookup conversations, string id, string? format = null)
    {
        var chosen = RequestReading.ReadChoice<ITransferFormat>(
            "format", format, JsonLinesFormat.Instance, ("jsonl", JsonLinesFormat.Instance), ("markdown", MarkdownFormat.Instance));
        return conversations.TryFind(context, id, out var conversation, out _) && await conversation.GetAsync() is { } found
            ? new ExportResult(conversation, found, chosen)
            : Problems.ConversationNotFound();
    }

    private static async Task<Results<Created<ConversationView>, ProblemHttpResult>> Import(
        HttpContext context, ConversationLookup conversations)
    {
        var format = FormatOf(context.Request);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Limits.ImportBytes;
        }

        await Imports.WaitAsync(context.RequestAborted);
        try
        {
            var bytes = await ReadBytesAsync(context.Request);
            context.Request.Body = new MemoryStream(bytes);
            var key = await RequestKey.ReadAsync(context.Request);
            var import = new ImportBuilder();
            format.Read(TextOf(bytes), import);
            var request = import.Build() with { Request = key?.Value, Fingerprint = key?.Fingerprint };
            return await conversations.ImportAsync(context, request) switch
            {
                CreateResult.Created created =>
                    TypedResults.Created($"/conversations/{created.Conversation.Id}", ConversationView.Of(created.Conversation)),
                CreateResult.OtherRequest => Problems.KeyOfAnotherRequest(),
                var other => throw new InvalidOperationException($"A new conversation met {other.GetType().Name}."),
            };
        }
        catch (InvalidImportException e)
        {
            return Problems.InvalidImport(e.Line, e.Message);
        }
        finally
        {
            Imports.Release();
        }
    }

    private static ITransferFormat FormatOf(HttpRequest request) => request.GetTypedHeaders().ContentType?.MediaType.Value switch
    {
        "application/jsonl" or "application/x-ndjson" or "application/json" => JsonLinesFormat.Instance,
        "text/markdown" => MarkdownFormat.Instance,
        _ => throw new InvalidRequestException(
            StatusCodes.Status415UnsupportedMediaType,
            "The body is JSON Lines, with the header Content-Type: application/jsonl, or Markdown, with text/markdown, as an export is."),
    };

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await request.Body.CopyToAsync(bytes, patience.Token);
            return bytes.ToArray();
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw new InvalidRequestException(StatusCodes.Status408RequestTimeout, "The body did not come within a minute.");
        }
    }

    private static string TextOf(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw RequestReading.Invalid("The body is not UTF-8.");
        }
    }
}
