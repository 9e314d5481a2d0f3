using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;

namespace OrleansChat.Storage.Files;

/// <summary>
/// A search without an index: reads conversation by conversation, newest first, until a page is full or enough was read for one
/// request.
/// </summary>
/// <param name="newest">So many of the owner's ids before one, newest first.</param>
/// <param name="match">What one conversation comes to; null where it is gone or damaged.</param>
internal sealed class SearchScan(Func<int, ConversationId?, ConversationId[]> newest, Func<ConversationId, SearchScan.Result?> match)
{
    /// <summary>After how many conversations a request stops.</summary>
    internal const int MaxConversations = 500;

    /// <summary>After how many bytes a request stops, once the conversation that it is in was read: some tenths of a second.</summary>
    internal const long MaxBytes = 32 * 1024 * 1024;

    private const int PageBytes = 256 * 1024;
    private const int Batch = 50;

    /// <summary>Looks for matches; see <see cref="IConversationStore.SearchAsync"/>.</summary>
    public SearchPage Run(int limit, ConversationId? after, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ConversationMatch>();
        var (read, bytes) = (0, 0L);
        while (newest(Batch, after) is { Length: > 0 } ids)
        {
            foreach (var id in ids)
            {
                if (found.Count == limit || read == MaxConversations || bytes >= MaxBytes)
                {
                    return new SearchPage(found.DrainToImmutable(), after);
                }

                cancellationToken.ThrowIfCancellationRequested();
                after = id;
                read++;
                if (match(id) is { } result)
                {
                    bytes += result.Bytes;
                    if (result.Match is not null)
                    {
                        found.Add(result.Match);
                    }
                }
            }
        }

        return new SearchPage(found.DrainToImmutable(), Next: null);
    }

    /// <summary>Looks for a query in one conversation: in its title, else in its messages, of which the newest counts.</summary>
    public static Result? Match(StoredConversation conversation, SearchQuery query)
    {
        if (conversation.Summarize() is not { } summary)
        {
            return null;
        }

        if (summary.Title is not null && query.Match(summary.Title) is { } inTitle)
        {
            return new Result(new ConversationMatch(summary, null, inTitle), 0);
        }

        var matches = new List<ConversationMatch>();
        var texts = new MessageTexts();
        var (cursor, bytes) = (0L, 0L);
        while (conversation.Read(cursor, PageBytes) is { Blocks.Length: > 0 } page)
        {
            foreach (var block in page.Blocks)
            {
                bytes += block.Lines.Length;
                cursor = block.Last;
                foreach (var line in block)
                {
                    if (texts.Next(line) is not { } message)
                    {
                        continue;
                    }

                    if (message.Text is null)
                    {
                        matches.RemoveAll(match => match.Message == message.Message);
                    }
                    else if (query.Match(message.Text) is { } snippet)
                    {
                        matches.Add(new ConversationMatch(summary, message.Message, snippet));
                    }
                }
            }
        }

        return new Result(matches.LastOrDefault(), bytes);
    }

    /// <summary>What one conversation came to.</summary>
    /// <param name="Match">What was found; null for nothing.</param>
    /// <param name="Bytes">How much was read.</param>
    internal sealed record Result(ConversationMatch? Match, long Bytes);
}
