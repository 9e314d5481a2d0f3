using System.Globalization;
using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Models;
using OrleansChat.Replies;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>
/// Ten thousand random conversations, each beside a simple model of what it should be. A failure names its seed; with that seed in
/// the environment variable <c>ORLEANSCHAT_SEED</c> it happens again, alone.
/// </summary>
[Collection(nameof(AloneOnTheMachine))]
public class RandomConversationTests
{
    private const int Sequences = 10_000;

    private static readonly string[] Pieces = ["a", "lo ", "\n", "\"", "語", "👋", "é\\", " the end."];

    [Fact]
    public void Any_sequence_of_commands_makes_the_conversation_that_it_should()
    {
        if (Environment.GetEnvironmentVariable("ORLEANSCHAT_SEED") is { Length: > 0 } seed)
        {
            new Run(int.Parse(seed, CultureInfo.InvariantCulture)).ToEnd();
            return;
        }

        var first = Random.Shared.Next();
        Parallel.For(0, Sequences, i => new Run(unchecked(first + i)).ToEnd());
    }

    private sealed class Run
    {
        private readonly int seed;
        private readonly Random random;
        private readonly ConversationModel model = new();
        private readonly ConversationUnderTest product;
        private readonly List<string> story = [];
        private readonly List<RandomRequest> requests = [];
        private readonly List<RandomAppend> appends = [];
        private readonly ClientView client = new();
        private readonly Dictionary<string, string> models = [];

        public Run(int seed)
        {
            this.seed = seed;
            random = new Random(seed);
            product = ConversationUnderTest.Create(model.Models);
        }

        public void ToEnd()
        {
            try
            {
                var commands = random.Next(5, 60);
                for (var i = 0; i < commands; i++)
                {
                    Step();
                    Check();
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"With seed {seed}: {string.Join(", ", story)}: {e.Message}", e);
            }
        }

        private void Step()
        {
            switch (random.Next(24))
            {
                case < 5:
                    Ask(NewRequest(), "ask");
                    break;
                case 5 when requests.Count > 0:
                    var again = requests[random.Next(requests.Count)];
                    Ask(random.Next(4) == 0 ? again with { Fingerprint = "another" } : again, "repeat");
                    break;
                case 6:
                    AskInACrash();
                    break;
                case < 11 when model.Running is not null:
                    Hear();
                    break;
                case < 13 when model.Running is not null:
                    End();
                    break;
                case 13:
                    var at = model.Sequence - random.Next(-2, 8);
                    story.Add($"cancel at {at}");
                    Assert.Equal(model.CancelAt(at), product.CancelAt(at));
                    break;
                case 14 or 15:
                    var (message, toLeaf, expected) = (AnyMessage(), random.Next(2) == 0, AnyExpectation());
                    story.Add($"move head to {message} {toLeaf} {expected}");
                    Assert.Equal(model.MoveHead(message, toLeaf, expected), product.MoveHead(message, toLeaf, expected));
                    break;
                case 16:
                    var waiting = model.Queue.Count > 0 && random.Next(5) > 0 ? model.Queue[random.Next(model.Queue.Count)].Id : $"msg_{random.Next(2, model.Sequence + 2)}";
                    story.Add($"unqueue {waiting}");
                    Assert.Equal(model.Unqueue(waiting), product.Unqueue(waiting));
                    break;
                case 17:
                    Crash();
                    break;
                case 18:
                    story.Add("reopen");
                    product.Reopen(compacted: true);
                    break;
                case 19 or 20:
                    Append();
                    break;
                case 21 or 22:
                    var gone = AnyMessage();
                    story.Add($"delete {gone}");
                    Assert.Equal(model.Delete(gone), product.Delete(gone));
                    break;
                case 23:
                    story.Add("switch other");
                    _ = model.Models.Remove("other") || model.Models.Add("other");
                    break;
            }
        }

        private void Ask(RandomRequest request, string verb)
        {
            story.Add($"{verb} {request}");
            requests.Add(request);
            Assert.Equal(model.Take(request), product.Take(request));
        }

        // The caller hears nothing, and asks again: whether or not it happened before the crash, it happens once.
        private void AskInACrash()
        {
            var request = NewRequest();
            var isLost = random.Next(2) == 0;
            story.Add($"ask in a crash {request}, lost: {isLost}");
            requests.Add(request);
            product.Take(request, isLost);
            if (!isLost)
            {
                model.Take(request);
            }

            Crash();
            Assert.Equal(model.Take(request), product.Take(request));
        }

        // Now and then again, and now and then with a crash before what comes of it is durable.
        private void Append()
        {
            var isLost = random.Next(4) == 0;
            var append = appends.Count > 0 && random.Next(4) == 0
                ? appends[random.Next(appends.Count)]
                : new RandomAppend(Past(random.Next(1, 4)), random.Next(4) switch { 0 => AnyMessage(), 1 => "", _ => null }, $"append {appends.Count}", "this");
            appends.Add(append);
            append = random.Next(8) == 0 ? append with { Fingerprint = "another" } : append;
            story.Add($"append {append}, lost: {isLost}");
            if (isLost)
            {
                product.Append(append, isLost);
                Crash();
            }

            Assert.Equal(model.Append(append), product.Append(append));
        }

        // Mostly as it should be: answers to calls come after the calls.
        private List<RandomPast> Past(int count)
        {
            var messages = new List<RandomPast>();
            for (var i = 0; i < count; i++)
            {
                var calls = messages is [.., { Answers: null } asking] ? asking.Calls : [];
                messages.Add(random.Next(6) switch
                {
                    0 => new RandomPast("system", $"rule {i}", [], null),
                    1 => new RandomPast("assistant", "", [$"{story.Count}-{i}-0", $"{story.Count}-{i}-1"], null),
                    2 => new RandomPast("assistant", $"said {i}", [], null),
                    3 when random.Next(8) == 0 => new RandomPast("tool", "", [], ["nobody's"]),
                    3 or 4 when calls.Count > 0 => new RandomPast("tool", "", [], [.. calls.Take(random.Next(1, 3))]),
                    _ => new RandomPast("user", $"asked {i}", [], null),
                });
            }

            return messages;
        }

        private void Hear()
        {
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var kind = random.Next(8) switch
                {
                    0 => EventType.ReplyReasoning,
                    1 or 2 => EventType.ReplyToolCall,
                    3 when random.Next(3) == 0 => EventType.ReplyRefusal,
                    _ => EventType.ReplyDelta,
                };
                var piece = new RandomPiece(kind, Pieces[random.Next(Pieces.Length)], random.Next(Math.Min(model.Running!.Calls.Count + 1, 3)));
                story.Add($"hear {piece}");
                model.Hear(piece);
                product.Hear(piece);
            }
        }

        private void End()
        {
            var outcomes = new (string Status, ReplyOutcome Outcome)[]
            {
                ("completed", new ReplyOutcome.Completed("stop")),
                ("failed", new ReplyOutcome.Failed(new ReplyError(ModelErrors.Truncated, "It broke off."))),
                ("cancelled", new ReplyOutcome.Cancelled()),
            };
            var (status, outcome) = outcomes[random.Next(outcomes.Length)];
            story.Add(status);
            model.End(status);
            product.End(outcome);
        }

        private void Crash()
        {
            var how = Enum.GetValues<TakeOver>()[random.Next(4)];
            story.Add($"crash and {how}");
            model.TakeOver(how.ToString(), product.State.Reply?.Model ?? "");
            product.Reopen(compacted: random.Next(2) == 0);
            product.TakeOver(how);
        }

        private RandomRequest NewRequest()
        {
            var again = model.Messages.Count > 0 && random.Next(4) == 0;
            if (!again && random.Next(3) == 0 && model.Messages.Where(message => message.OpenCalls.Any()).ToList() is { Count: > 0 } asking)
            {
                return NewAnswer(asking[random.Next(asking.Count)]);
            }

            return new RandomRequest(
                again ? null : $"question {story.Count}",
                again ? AnyMessage() : random.Next(4) switch { 0 => AnyMessage(), 1 => random.Next(3) == 0 ? "" : null, _ => null },
                random.Next(4) == 0 ? "other" : null,
                $"key {requests.Count}",
                "this",
                (BusyPolicy)random.Next(4),
                AnyExpectation())
            {
                Preceding = again || random.Next(4) > 0 ? [] : Past(random.Next(1, 4)),
                IsSystem = random.Next(8) == 0,
            };
        }

        // Of all calls or of some, now and then of one that nobody waits for.
        private RandomRequest NewAnswer(ModelMessage asking)
        {
            var calls = asking.OpenCalls.Where((_, index) => index == 0 || random.Next(2) == 0).ToList();
            var answers = random.Next(8) == 0 ? [.. calls, "nobody's"] : calls;
            var target = asking == model.Head && random.Next(2) == 0 ? null : asking.Id;
            return new RandomRequest("", target, null, $"key {requests.Count}", "this", (BusyPolicy)random.Next(4), AnyExpectation(), answers);
        }

        private string AnyMessage() => model.Messages.Count == 0 || random.Next(20) == 0 ? "msg_none" : model.Messages[random.Next(model.Messages.Count)].Id;

        private string? AnyExpectation() => random.Next(6) switch { 0 => model.Head?.Id ?? "none", 1 => AnyMessage(), _ => null };

        private void Check()
        {
            Assert.Equal(model.Sequence, product.State.Sequence);
            Assert.Equal(model.Running?.Id, product.State.Conversation!.Reply);
            Assert.Equal(model.Head?.Id, product.State.Conversation.Head);
            Assert.Equal(
                model.Queue.Select(waiting => (waiting.Id, waiting.Content, waiting.Parent?.Id, waiting.Follows, waiting.Model)),
                product.State.Queue.Select(waiting => (waiting.Id, waiting.Content, waiting.Parent, waiting.Follows, waiting.Model)));
            Assert.True(product.State.Queue.Count == 0 || product.State.Reply is not null, "Something waits, and no reply runs.");
            Assert.Equal(
                (model.Running?.Path ?? model.Branch)
                    .Select(message => message.Text.Length > 0 || message == model.Running ? message.Text : message.Refusal)
                    .Where(text => text.Length > 0),
                Prompt.From(product.State).Select(message => message.Text).Where(text => text.Length > 0));
            CheckCalls();
            CheckPage();
            CheckClient();
        }

        // Providers refuse calls without answers, and answers without calls.
        private void CheckCalls()
        {
            List<string> asked = [];
            foreach (var message in Prompt.From(product.State))
            {
                if (message.Role != ChatRole.Tool)
                {
                    Assert.Empty(asked);
                    asked = [.. message.Contents.OfType<FunctionCallContent>().Select(call => call.CallId)];
                }

                Assert.All(message.Contents.OfType<FunctionResultContent>(), result => Assert.True(asked.Remove(result.CallId)));
            }

            Assert.Empty(asked);
        }

        private void CheckPage()
        {
            var (all, newestFirst, limit) = (random.Next(3) == 0, random.Next(2) == 0, random.Next(1, 8));
            var branch = all || random.Next(2) == 0 ? null : model.Find(AnyMessage());
            var listed = all ? model.Messages : [.. branch?.Path ?? model.Branch];
            var ordered = newestFirst ? listed.AsEnumerable().Reverse().ToList() : listed;
            var cursor = ordered.Count > 0 && random.Next(2) == 0 ? ordered[random.Next(ordered.Count)] : null;
            var before = cursor is not null && random.Next(2) == 0;
            var rest = cursor is null ? ordered : before ? ordered[..ordered.IndexOf(cursor)] : ordered[(ordered.IndexOf(cursor) + 1)..];
            var page = Assert.IsType<MessagesResult.Page>(MessagePages.Read(product.State, new MessagesQuery(limit)
            {
                AllBranches = all,
                NewestFirst = newestFirst,
                Head = branch?.Id,
                After = before ? null : cursor?.Id,
                Before = before ? cursor!.Id : null,
            }));

            Assert.Equal(rest.Count > limit, page.HasMore);
            Assert.Equal(
                (before ? rest.TakeLast(limit) : rest.Take(limit)).Select(message => $"{message} {PlaceOf(message)}"),
                page.Messages.Select(message =>
                    $"{message.Id}<{message.Parent} {message.Role.ToString().ToLowerInvariant()} {Name(message.Status)} "
                    + ModelMessage.Describe(
                        message.Content,
                        string.Concat(message.Reasoning.Select(block => block.Text)),
                        message.Refusal,
                        message.ToolCalls.Select(call => call.Arguments),
                        message.ToolResults.Select(result => result.ToolCallId))
                    + $" {message.Siblings}"));
        }

        private MessageSiblings PlaceOf(ModelMessage message)
        {
            var siblings = model.Messages.Where(other => other.Parent == message.Parent).ToList();
            var place = siblings.IndexOf(message);
            return new MessageSiblings(place + 1, siblings.Count, siblings.ElementAtOrDefault(place - 1)?.Id, siblings.ElementAtOrDefault(place + 1)?.Id);
        }

        // Reads to anywhere, now and then, from a journal that is compacted or not, and at last to the end.
        private void CheckClient()
        {
            var journal = product.State.Reply is null && random.Next(2) == 0 ? ReplyCompaction.Compact(product.Journal) : product.Journal;
            if (random.Next(3) == 0 && client.Cursor < journal.Last && journal.After(client.Cursor)!.Through(random.NextInt64(client.Cursor, journal.Last)) is { } part)
            {
                client.Read(part);
            }

            if (random.Next(4) > 0)
            {
                return;
            }

            if (client.Cursor < journal.Last)
            {
                client.Read(journal.After(client.Cursor));
            }

            var expected = model.Messages.Select(message => $"{message}")
                .Append($"head {model.Head?.Id}")
                .Append($"queue {string.Join(' ', model.Queue.Select(waiting => waiting.Id))}");
            Assert.Equal(string.Join('\n', expected), client.Describe());
        }

        private static string Name(MessageStatus status) => status == MessageStatus.InProgress ? "in_progress" : status.ToString().ToLowerInvariant();
    }
}
