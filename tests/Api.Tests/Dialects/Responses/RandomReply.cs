using System.Collections.Immutable;
using OrleansChat.Events;
using OrleansChat.Generation;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.Responses;

/// <summary>A reply that thinks, speaks, refuses and calls as chance has it, and its journal: in blocks as chance has it, compacted or not.</summary>
internal sealed class RandomReply
{
    private const long Start = 3;
    private const string Reply = "msg_3";

    private static readonly string[] Words = ["a", "be", "\n", "\"", "ü", "😀", "\\", "cause "];

    private readonly Random random;

    /// <summary>Makes one.</summary>
    public RandomReply(int seed)
    {
        random = new Random(seed);
        var asSummary = random.Next(2) == 0 ? """{"reasoning_summary":"auto","include":["reasoning.encrypted_content"]}""" : "{}";
        List<ConversationEvent> events = [Blocks.Started(Start) with { Options = new GenerationOptions { Notes = new RawJson(asSummary) } }];
        var calls = 0;
        for (var stretch = random.Next(8); stretch > 0; stretch--)
        {
            AddStretch(events, ref calls);
        }

        events.Add(End(Start + events.Count));
        Events = [.. events];
    }

    /// <summary>Its events.</summary>
    public ImmutableArray<ConversationEvent> Events { get; }

    /// <summary>Its journal, cut into blocks at places that chance chooses anew each time.</summary>
    public IReadOnlyList<EventBlock> InBlocks()
    {
        var blocks = new List<EventBlock>();
        for (var at = 0; at < Events.Length;)
        {
            var count = Math.Min(Events.Length - at, 1 + random.Next(6));
            var block = Blocks.Of([.. Events.Skip(at).Take(count)]);
            blocks.Add(random.Next(2) == 0 ? block : ReplyCompaction.Compact(block));
            at += count;
        }

        return blocks;
    }

    private void AddStretch(List<ConversationEvent> events, ref int calls)
    {
        var kind = random.Next(5);
        var call = kind == 3 ? calls++ : Math.Max(0, calls - 1 - random.Next(2));
        for (var piece = 0; piece <= random.Next(5); piece++)
        {
            var sequence = Start + events.Count;
            var word = Words[random.Next(Words.Length)];
            events.Add((kind, piece) switch
            {
                (0, _) => new ReplyReasoning(Reply, word, random.Next(6) == 0 ? $"signed {sequence}" : null) { Sequence = sequence },
                (2, _) => new ReplyRefusal(Reply, word) { Sequence = sequence },
                (3, 0) => new ReplyToolCall(Reply, call, "", $"call_{call}", "f") { Sequence = sequence },
                (3, _) => new ReplyToolCall(Reply, call, word) { Sequence = sequence },
                (4, _) when calls > 0 => new ReplyToolCall(Reply, call, word) { Sequence = sequence },
                _ => Blocks.Delta(sequence, Reply, word),
            });
        }
    }

    private ReplyEnded End(long sequence) => random.Next(4) switch
    {
        0 => new ReplyFailed(Reply, new ReplyError("upstream_error", "No."), null, Blocks.At) { Sequence = sequence },
        1 => new ReplyCompleted(Reply, "length", null, Blocks.At) { Sequence = sequence },
        2 => new ReplyCancelled(Reply, null, Blocks.At) { Sequence = sequence },
        _ => Blocks.Completed(sequence, Reply),
    };
}
