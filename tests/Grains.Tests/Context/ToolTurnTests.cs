using Microsoft.Extensions.AI;
using OrleansChat.Contents;
using OrleansChat.Context;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Context;

/// <summary>Conversations with tools, from their events to what a model is shown of them.</summary>
public class ToolTurnTests
{
    [Fact]
    public void Calls_and_their_results_are_left_out_together_and_with_their_question_whatever_the_window()
    {
        var prompt = PromptOf(callsFirst: 1, callsThen: 2);
        Assert.Equal(
            [
                "user 2", "assistant 3 calls a b", "tool 7 a", "tool 8 b", "assistant 9",
                "user 12", "assistant 13 calls a b", "tool 17 a", "tool 18 b", "assistant 19 calls a b", "tool 23 a", "tool 24 b",
            ],
            prompt.Select(Outline));
        var items = prompt.Select(ContextItems.Of).ToArray();
        var (whole, last) = (items.Sum(item => item.Tokens), items[5..].Sum(item => item.Tokens));

        for (var budget = 0L; budget <= whole; budget++)
        {
            var expected = budget == whole ? new ContextFit(0, whole, Fits: true) : new ContextFit(5, last, budget >= last);
            Assert.Equal(expected, ContextFitter.Fit(items, budget));
        }
    }

    private static string Outline(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(call => call.CallId).ToList();
        var results = message.Contents.OfType<FunctionResultContent>().Select(result => result.CallId);
        return string.Join(' ', [message.Role.Value, message.MessageId!["msg_".Length..], .. calls.Count > 0 ? ["calls", .. calls] : calls, .. results]);
    }

    // Two turns. In each the model calls two tools as often as is said, with the same ids each time, and they answer one by one. The second turn's
    // last reply is to come.
    private static List<ChatMessage> PromptOf(int callsFirst, int callsThen)
    {
        var state = new ConversationState(ConversationId.New(TimeProvider.System));
        Apply(Blocks.Created());
        Turn(callsFirst);
        Say("It is noon.");
        Turn(callsThen);
        Apply(Started());
        return Prompt.From(state);

        long Next() => state.Sequence + 1;

        string Head() => state.Conversation!.Head!;

        ReplyStarted Started() => Blocks.Started(Next()) with { Parent = Head() };

        void Apply(ConversationEvent next) => state.Apply(next);

        void Say(string text)
        {
            Apply(Started());
            Apply(Blocks.Delta(Next(), Head(), text));
            Apply(Blocks.Completed(Next(), Head()));
        }

        void Turn(int times)
        {
            Apply(Blocks.Asked(Next()) with { Parent = state.Conversation!.Head });
            for (var i = 0; i < times; i++)
            {
                Apply(Started());
                Apply(new ReplyToolCall(Head(), 0, "{}", "a", "clock") { Sequence = Next() });
                Apply(new ReplyToolCall(Head(), 1, "{}", "b", "clock") { Sequence = Next() });
                Apply(new ReplyCompleted(Head(), "tool_calls", null, Blocks.At) { Sequence = Next() });
                foreach (var id in (string[])["a", "b"])
                {
                    Apply(new MessageCreated($"msg_{Next()}", Head(), MessageRole.Tool, "", Blocks.At) { Sequence = Next(), ToolResults = [new ToolResult(id, "noon")] });
                }
            }
        }
    }
}
