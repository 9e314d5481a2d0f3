using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Micro;

/// <summary>The reply that all of this is about: English words of a usual length, one a delta.</summary>
internal static class Reply
{
    public const string Id = "msg_3";

    private static readonly string[] Words = ["The", " sky", " looks", " blue", " because", " air", " scatters", " short", " waves", " more", ".\n"];

    /// <summary>Deltas, from a sequence on.</summary>
    public static ReplyDelta[] Deltas(int count, long first = 4) =>
        [.. Enumerable.Range(0, count).Select(i => new ReplyDelta(Id, Words[i % Words.Length]) { Sequence = first + i })];

    /// <summary>The same as a block.</summary>
    public static EventBlock Block(int count, long first = 4)
    {
        using var builder = new EventBlockBuilder();
        foreach (var delta in Deltas(count, first))
        {
            builder.Add(delta);
        }

        return builder.Build();
    }

    /// <summary>A chunk as OpenAI sends it.</summary>
    public static byte[] Chunk { get; } = Encoding.UTF8.GetBytes(
        """
        {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk","created":1741570283,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_fc9f1d7035","choices":[{"index":0,"delta":{"content":" because"},"logprobs":null,"finish_reason":null}],"usage":null}
        """);
}
