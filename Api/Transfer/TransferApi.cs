using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Transfer;

/// <summary>Conversations as files: out, and in again.</summary>
internal static class TransferApi
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapTransfer(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/export", Export).HoldsConnection().WithSummary("Export a conversation as JSON Lines or Markdown");
        group.MapPost("/import", Import).HoldsConnection().TakesBodyOf(() => Limits.ImportBytes).WithSummary("Import a conversation that was exported");
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
        HttpContext context, ConversationLookup conversations, ImportSlots slots)
    {
        var format = FormatOf(context.Request);
        using var turn = await slots.TakeTurnAsync(context.Owner(), context.RequestAborted);
        var body = await WholeBody.ReadAsync(context.Request);
        context.Request.Body = body;
        using var work = await slots.StartWorkAsync(context.RequestAborted);
        try
        {
            var key = await RequestKey.ReadAsync(context.Request);
            var import = new ImportBuilder();
            format.Read(TextOf(body.Bytes().Span), import);
            var request = import.Build() with { Request = key?.Value, Fingerprint = key?.Fingerprint };
            return await conversations.ImportAsync(context, request) switch
            {
                CreateResult.Created created =>
                    TypedResults.Created($"/conversations/{created.Conversation.Id}", ConversationView.Of(created.Conversation)),
                var refused => CreateResults.RefusalOf(refused),
            };
        }
        catch (InvalidImportException e)
        {
            return Problems.InvalidImport(e.Line, e.Message);
        }
    }

    private static ITransferFormat FormatOf(HttpRequest request) => request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/jsonl" or "application/x-ndjson" or "application/json" => JsonLinesFormat.Instance,
        "text/markdown" => MarkdownFormat.Instance,
        _ => throw new InvalidRequestException(
            StatusCodes.Status415UnsupportedMediaType,
            "The body is JSON Lines, with the header Content-Type: application/jsonl, or Markdown, with text/markdown, as an export is."),
    };

    private static string TextOf(ReadOnlySpan<byte> bytes)
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
