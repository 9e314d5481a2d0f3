using OrleansChat.Testing.Faults;
using Xunit.Abstractions;

namespace OrleansChat.Silo.Tests.Models.Faults;

public sealed class ResetAtEveryByteTests(ITestOutputHelper output) : EveryByteTests(output)
{
    [Theory, MemberData(nameof(Dialects))]
    public async Task A_connection_that_is_reset_after_any_byte(string dialect)
    {
        await using var played = new PlayedRecording(dialect);
        for (var at = 0; at <= played.Recording.Length; at++)
        {
            await played.PlayAsync(Fault.Reset(at), at, played.Recording.Cut(at, FaultEnding.Reset));
        }

        played.AssertAllWell(Output);
    }
}
