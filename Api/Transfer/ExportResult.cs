using System.Runtime.CompilerServices;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Streaming;

namespace OrleansChat.Transfer;

/// <summary>
/// Writes a conversation page by page, as it is read, and no faster than the client takes it. What is said while it is written may be
/// in it or not; each message is whole, but for a reply that runs. Where what lets the caller in ends before, it is cut off.
/// </summary>
internal sealed class ExportResult(PatientConversation source, Conversation conversation, ITransferFormat format) : IResult
{
    // A page travels as one message between processes, and long replies are large.
    private const int PageMessages = 20;

    private const int FlushBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{conversation.Id}{format.Extension}\"";
        response.Headers.CacheControl = "no-store";
        var output = response.BodyWriter;
        var admission = Admission.Of(httpContext);
        try
        {
            string? awaited = null;
            await foreach (var (page, isFirst) in PagesAsync(httpContext.RequestAborted))
            {
                if (isFirst)
                {
                    // As it was when these messages were read, so that it is one of them, or of those on the next pages.
                    awaited = page.Head;
                    format.Write(ConversationRecord.Of(conversation with { Head = page.Head }), output);
                }

                foreach (var message in page.Messages)
                {
                    if (admission.HasEnded)
                    {
                        throw new CutOffException(StreamEnd.SignedOut);
                    }

                    awaited = message.Id == awaited ? null : awaited;
                    format.Write(MessageRecord.Of(message), output);
                    if (output.UnflushedBytes >= FlushBytes)
                    {
                        await output.FlushAsync(httpContext.RequestAborted);
                    }
                }
            }

            if (awaited is not null)
            {
                throw Deleted();
            }
        }
        catch (Exception) when (output.UnflushedBytes > 0)
        {
            // So that it has begun, and what there is of it cannot be taken for all, nor be mixed with another answer.
            await output.FlushAsync(httpContext.RequestAborted);
            throw;
        }

        await output.FlushAsync(httpContext.RequestAborted);
    }

    private async IAsyncEnumerable<(MessagesResult.Page Page, bool IsFirst)> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        for (var more = true; more;)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // A conversation that is deleted meanwhile, or the message that the page ended with, must not look like one that was exported to its end.
            var page = await source.GetMessagesAsync(new MessagesQuery(PageMessages) { After = after, AllBranches = true }) as MessagesResult.Page ?? throw Deleted();
            yield return (page, after is null);
            more = page.HasMore;
            after = page.Messages is [.., var last] ? last.Id : after;
        }
    }

    private InvalidOperationException Deleted() => new($"{conversation.Id}, or a message of it, was deleted while it was exported.");
}
