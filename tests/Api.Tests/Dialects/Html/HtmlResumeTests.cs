using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.Html.Events;
using OrleansChat.Dialects.Html.Messages;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Journal;
using OrleansChat.Streaming;
using OrleansChat.Testing;
using OrleansChat.Testing.Html;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>A page that is cut off anywhere, and comes back, has what one has that never was.</summary>
public sealed class HtmlResumeTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(40);

    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    [Fact]
    public void Cut_after_any_event_and_resumed_from_the_journal_in_any_form_the_page_is_the_same() => Check(async events =>
    {
        var whole = Blocks.Of([.. events]);
        var forms = new IReadOnlyList<EventBlock>[] { [whole], [ReplyCompaction.Compact(whole)], [.. events.Select(each => Blocks.Of(each))] };
        var expected = Show(await ReadAsync(forms[0], 0));
        foreach (var form in forms)
        {
            var all = await ReadAsync(form, 0);
            Assert.Equal(expected, Show(all));
            for (var cut = 0; cut <= all.Count; cut++)
            {
                var seen = all.Take(cut).ToList();
                var rest = await ReadAsync(form, seen.Count == 0 ? 0 : seen[^1].Id);

                Assert.Equal(expected, Show(seen, rest));
            }
        }
    });

    [Fact]
    public void While_the_reply_runs_who_comes_at_any_cursor_sees_what_there_is() => Check(async events =>
    {
        for (var head = 2; head < events.Count; head++)
        {
            var form = Blocks.Of([.. events.Take(head)]);
            var text = string.Concat(events.Take(head).OfType<ReplyDelta>().Select(delta => delta.Text));
            var begun = events.Take(head).LastOrDefault(each => each is ReplyRestarted)?.Sequence ?? 0;
            text = begun == 0 ? text : string.Concat(events.Take(head).OfType<ReplyDelta>().Where(delta => delta.Sequence > begun).Select(delta => delta.Text));
            var expected = RenderedMessageView.Of(Running(text));
            for (var cursor = 3; cursor <= head; cursor++)
            {
                // It has what was finished at its cursor, and gets the rest.
                var page = new HtmlPage();
                foreach (var news in await ReadAsync([Blocks.Of([.. events.Take(cursor)])], 0, running: true))
                {
                    page.Take(news);
                }

                page.Reconnect();
                foreach (var news in await ReadAsync([form], cursor, running: true))
                {
                    page.Take(news);
                }

                Assert.Equal(string.Concat(expected.Blocks) + expected.Open, page.Messages["msg_3"].Html);
            }
        }
    });

    [Fact]
    public void In_the_end_it_is_the_whole_text_rendered_and_what_a_page_loads() => Check(async events =>
    {
        var begun = events.LastOrDefault(each => each is ReplyRestarted)?.Sequence ?? 0;
        var text = string.Concat(events.OfType<ReplyDelta>().Where(delta => delta.Sequence > begun).Select(delta => delta.Text));
        var stored = RenderedMessageView.Of(Running(text) with { Status = MessageStatus.Completed });

        var page = new HtmlPage();
        foreach (var news in await ReadAsync([Blocks.Of([.. events])], 0))
        {
            page.Take(news);
        }

        Assert.Equal(stored.Blocks, page.Messages["msg_3"].Blocks);
        Assert.Null(stored.Open);
    });

    private static Message Running(string text) => new()
    {
        Id = "msg_3", Role = MessageRole.Assistant, Content = text, Status = MessageStatus.InProgress, Sequence = 9, CreatedAt = Blocks.At,
    };

    private static void Check(Func<List<ConversationEvent>, Task> property) => Prop.ForAll<string[], byte>(
            RandomMarkdown.Texts,
            ArbMap.Default.ArbFor<byte>(),
            (pieces, extra) => property(EventsOf(pieces, extra)).GetAwaiter().GetResult())
        .Check(Thorough);

    private static List<ConversationEvent> EventsOf(string[] pieces, byte extra)
    {
        var events = new List<ConversationEvent> { Blocks.Created(), Blocks.Asked(2, "*why*?"), Blocks.Started(3) };
        for (var i = 0; i < pieces.Length; i++)
        {
            if (extra % 8 == 1 && i == pieces.Length / 2)
            {
                events.Add(Blocks.Restarted(events.Count + 1, "msg_3"));
            }
            else if (extra % 8 == 2 && i % 5 == 2)
            {
                events.Add(new ReplyReasoning("msg_3", $"thought {i} ") { Sequence = events.Count + 1 });
            }
            else if (extra % 8 == 3 && i % 5 == 2)
            {
                events.Add(new ConversationUpdated($"title {i}", "demo", null, ImmutableSortedDictionary<string, string>.Empty, Blocks.At) { Sequence = events.Count + 1 });
            }

            events.Add(Blocks.Delta(events.Count + 1, "msg_3", pieces[i]));
        }

        events.Add(Blocks.Completed(events.Count + 1, "msg_3"));
        return events;
    }

    private static string Show(params IEnumerable<SseEvent>[] connections)
    {
        var page = new HtmlPage();
        foreach (var connection in connections)
        {
            page.Reconnect();
            foreach (var news in connection)
            {
                page.Take(news);
            }
        }

        return string.Join('\n', page.Messages.OrderBy(message => message.Key, StringComparer.Ordinal).Select(message =>
            $"{message.Key} {message.Value.Status} {string.Join('|', message.Value.Blocks)} {message.Value.Html} {string.Join(',', message.Value.Said)}"));
    }

    private async Task<List<SseEvent>> ReadAsync(IReadOnlyList<EventBlock> journal, long cursor, bool running = false)
    {
        var grain = new FakeConversation { PageBlocks = 3, Status = running ? ConversationStatus.Replying : ConversationStatus.Idle, Reply = "msg_3" };
        await grain.Create(OwnerId.Local, new CreateConversation(null, "demo", null, ImmutableSortedDictionary<string, string>.Empty, []));
        foreach (var block in journal)
        {
            grain.Commit(block);
        }

        var feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        using var membership = await feeds.JoinAsync(key, cursor, CancellationToken.None);
        var conversation = new PatientConversation(grain, OwnerId.Local, TimeProvider.System);
        var renderer = new HtmlRenderer(await new ReplyAtCursor(membership.Feed, conversation, TimeProvider.System).ReadAsync(cursor), cursor);
        using var body = new MemoryStream();
        using var leaving = new CancellationTokenSource();
        var context = new DefaultHttpContext { Response = { Body = body } };
        var stream = new EventStream(membership, renderer, cursor, running ? StreamUntil.Never : StreamUntil.Idle, NullLogger.Instance);
        var reading = stream.RunAsync(context, leaving.Token);
        if (running)
        {
            // All that there is has been written, as nothing here makes it wait.
            Assert.Equal(0, stream.Lag);
            await leaving.CancelAsync();
            membership.Feed.Wake();
        }

        await reading;
        return [.. RenderedPage.Parse(body.ToArray(), cursor)];
    }
}
