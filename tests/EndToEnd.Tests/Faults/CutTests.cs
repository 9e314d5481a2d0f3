using System.Globalization;
using OrleansChat.Models;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>
/// The upstream's connection is cut, and what users get is told through the whole product: a process of its own, real sockets on both sides,
/// native events. At and beside the end of every event; every single byte is cut in the tests of the clients.
/// </summary>
public sealed class CutTests(FaultyModelsFixture fixture) : IClassFixture<FaultyModelsFixture>
{
    [Theory]
    [InlineData(FaultEnding.Fin)]
    [InlineData(FaultEnding.Reset)]
    [InlineData(FaultEnding.Stall)]
    public async Task A_cut_ends_the_reply_as_it_should_and_asks_nothing_twice(FaultEnding ending)
    {
        var failures = await Task.WhenAll(fixture.Models.Select(model => CutAllAsync(model, ending)));

        Assert.True(failures.All(failure => failure.Count == 0), string.Join(Environment.NewLine, failures.SelectMany(failure => failure).Take(20)));
    }

    private async Task<List<string>> CutAllAsync(FaultyModel model, FaultEnding ending)
    {
        List<string> failures = [];
        foreach (var at in CutPoints(model.Recording, ending))
        {
            var before = model.Upstream.RequestCount;
            var expected = Expected(model.Recording, at, ending);
            model.Proxy.Enqueue(Fault.Cut(ending, at));
            var (seen, stored, wasCut) = await AskAsync(fixture.Product.Api, model.Name);
            if (seen != expected || stored != expected || wasCut != (expected.Error is not null) || model.Upstream.RequestCount != before + 1)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Recording.Name}, {ending} after {at} of {model.Recording.Length} bytes ({model.Recording.Around(at)}): must be {expected}, "
                    + $"read {seen}, stored {stored}, cut {wasCut}, {model.Upstream.RequestCount - before} requests"));
            }
        }

        return failures;
    }

    // A stall costs its time: at fewer points.
    private static IEnumerable<int> CutPoints(Recording recording, FaultEnding ending)
    {
        int[] head = [0, 9, recording.HeadLength - 1, recording.HeadLength];
        var ends = recording.Events.SelectMany(e => new[] { e.End - 1, e.End });
        int[] atTheEnd = [recording.EndSignal - 1, recording.EndSignal];
        return (ending == FaultEnding.Stall ? [recording.HeadLength, .. atTheEnd] : head.Concat(ends)).Where(at => at < recording.Length).Distinct();
    }

    private static ExpectedReply Expected(Recording recording, int at, FaultEnding ending)
    {
        var expected = recording.Cut(at, ending);
        return ending != FaultEnding.Stall ? expected
            : expected.FinishReason is not null ? expected
            : expected with { Error = expected.Text.Length == 0 ? ModelErrors.FirstTokenTimeout : ModelErrors.SilenceTimeout };
    }

    private static async Task<(ExpectedReply Read, ExpectedReply Stored, bool WasCut)> AskAsync(ChatApi api, string model)
    {
        var conversation = await api.CreateAsync(new { model });
        using var reader = await api.SendAndFollowAsync(conversation, "Hi");
        await reader.ToEndAsync();
        var read = ReplyView.Of(reader.Text, reader.Events[^1].Json);
        var last = await api.LastMessageAsync(conversation);
        return (read, ReplyView.Of(last.GetProperty("content").GetString()!, last), reader.WasCut);
    }
}
