using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Grains.Tests.Journal;
using OrleansChat.Journal;
using OrleansChat.Telemetry;
using OrleansChat.Testing;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.Grains.Tests.Telemetry;

[Collection(Alone.Name)]
public class JournalInstrumentsTests
{
    [Fact]
    public async Task A_commit_is_measured_by_its_time_its_appends_and_its_bytes()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);
        var store = new GatedStore();
        await using var writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        var appends = Enumerable.Range(0, 4).Select(_ => NewAppend()).ToArray();
        var first = writer.AppendAsync(appends[0]);
        var commit = await store.NextCommitAsync();
        var others = appends[1..].Select(writer.AppendAsync).ToArray();

        commit.Succeed();
        await first;
        (await store.NextCommitAsync()).End(new AppendOutcome.Failed(new IOException("full")));
        await Task.WhenAll(others);

        var bytes = appends[0].Block.Lines.Length;
        Assert.Equal([(1, ""), (3, "")], measurements.Of("orleanschat.journal.commit.appends"));
        Assert.Equal([(bytes, ""), (3 * bytes, "")], measurements.Of("orleanschat.journal.commit.size"));
        Assert.Equal(["", "error.type=append_failed"], measurements.Of("orleanschat.journal.commit.duration").Select(measured => measured.Tags));
        Assert.All(measurements.Of("orleanschat.journal.commit.duration"), measured => Assert.InRange(measured.Value, 0, 60));
    }

    private static JournalAppend NewAppend()
    {
        var created = Blocks.Created();
        return new JournalAppend(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), [created], Blocks.Of(created));
    }
}
