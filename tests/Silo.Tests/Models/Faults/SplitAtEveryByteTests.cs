using OrleansChat.Testing.Faults;
using Xunit.Abstractions;

namespace OrleansChat.Silo.Tests.Models.Faults;

public sealed class SplitAtEveryByteTests(ITestOutputHelper output) : EveryByteTests(output)
{
    private const int RandomSplits = 50;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_response_in_two_parts_split_after_any_byte(string dialect)
    {
        await using var played = new PlayedRecording(dialect);
        for (var at = 1; at < played.Recording.Length; at++)
        {
            await played.PlayAsync(Fault.Split(at), at, played.Recording.Whole);
        }

        played.AssertAllWell(Output);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_response_that_comes_byte_by_byte(string dialect)
    {
        await using var played = new PlayedRecording(dialect);

        await played.PlayAsync(Fault.None with { IsSplitAtEveryByte = true }, 0, played.Recording.Whole);

        played.AssertAllWell(Output);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_response_in_parts_of_any_lengths(string dialect)
    {
        // The same parts on each run: what fails once, fails again.
        var random = new Random(7);
        await using var played = new PlayedRecording(dialect);
        for (var run = 0; run < RandomSplits; run++)
        {
            List<int> splits = [];
            for (var at = random.Next(1, 120); at < played.Recording.Length; at += random.Next(1, 120))
            {
                splits.Add(at);
            }

            await played.PlayAsync(Fault.None with { SplitAt = [.. splits] }, splits[0], played.Recording.Whole);
        }

        played.AssertAllWell(Output);
    }
}
