using System.Text;
using OrleansChat.Dialects.Responses.Rendering;
using static OrleansChat.Api.Tests.Dialects.Responses.Rendered;

namespace OrleansChat.Api.Tests.Dialects.Responses;

/// <summary>Whoever is cut off anywhere, and comes back with the last number that he has seen, gets the rest: no more, no less, whichever way the journal lies.</summary>
public class ResponseResumeTests
{
    private const int Replies = 300;

    [Fact]
    public void The_numbers_of_a_stream_grow_and_no_event_has_more_frames_than_it_may()
    {
        for (var seed = 0; seed < Replies; seed++)
        {
            var numbers = Frames("msg_3", new RandomReply(seed).InBlocks()).Select(frame => frame.Number).ToList();

            Assert.Equal(numbers.Order().Distinct(), numbers);
            Assert.All(numbers, number => Assert.InRange(number % ResponseSequence.FramesPerEvent, 0, 400));
        }
    }

    [Fact]
    public void From_every_number_on_the_rest_is_the_same()
    {
        for (var seed = 0; seed < Replies; seed++)
        {
            var reply = new RandomReply(seed);
            var singly = Frames("msg_3", [.. reply.Events]);
            foreach (var cursor in singly.Select(frame => frame.Number).Prepend(-1))
            {
                var expected = singly.Where(frame => frame.Number > cursor);
                var resumed = Frames("msg_3", reply.InBlocks(), cursor);

                Assert.Equal(Said(expected), Said(resumed));
                Assert.All(resumed, frame => Assert.True(frame.Number > cursor));
            }
        }
    }

    [Fact]
    public void What_is_read_whole_is_what_the_last_frame_says()
    {
        for (var seed = 0; seed < Replies; seed++)
        {
            var reply = new RandomReply(seed);
            var last = Frames("msg_3", [.. reply.Events])[^1];
            var other = Frames("msg_3", reply.InBlocks(), last.Number - 1);

            Assert.Equal(last.Json.GetRawText(), Assert.Single(other).Json.GetRawText());
        }
    }

    // Deltas of one part joined, as however many of them come as one changes nothing else.
    private static string Said(IEnumerable<Frame> frames)
    {
        var (text, part) = (new StringBuilder(), "");
        foreach (var frame in frames)
        {
            var isDelta = frame.Type.EndsWith(".delta", StringComparison.Ordinal);
            var here = isDelta ? $"{frame.Type} {frame.Text("item_id")} {(frame.Json.TryGetProperty("content_index", out var index) ? index.GetRawText() : "")}" : "";
            if (isDelta && here == part)
            {
                text.Append(frame.Text("delta"));
            }
            else
            {
                text.Append('\n').Append(isDelta ? $"{here} {frame.Text("delta")}" : frame.Json.GetRawText());
            }

            part = here;
        }

        return text.ToString();
    }
}
