using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>One reply, several dialects: whoever reads it, and from wherever, the text is the same.</summary>
public class CrossDialectTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly string[] Pieces = ["Because ", "the \"sky\"", " is\n", "世", "界", " 😀", " blue", "."];

    private static readonly string Whole = string.Concat(Pieces);

    // A new one each time: who is cut off and asks the same once more gets the reply that he has lost.
    private static string Question => $"Why {Guid.NewGuid()}?";

    public static IEnumerable<object[]> Pairs => [.. AllDialects.Starting.SelectMany(
        starting => AllDialects.Resuming.Select(resuming => new object[] { starting.Name, resuming.Name }))];

    public static TheoryData<string> Starting => [.. AllDialects.Starting.Select(dialect => dialect.Name)];

    [Theory, MemberData(nameof(Pairs))]
    public async Task What_one_began_and_was_cut_off_another_reads_on(string starting, string resuming)
    {
        for (var cut = 1; cut < Pieces.Length; cut++)
        {
            var gate = new Gate();
            fixture.Model.Enqueue(ModelScript.Stream.Text(Pieces[..cut]).Wait(gate).Text(Pieces[cut..]).Finish().Usage(1, 8).Done());
            Place place;
            using (var first = await Of(AllDialects.Starting, starting).StartAsync(fixture.Api, Question))
            {
                await first.UntilAsync(string.Concat(Pieces[..cut]));
                place = await first.PlaceAsync();
            }

            // While it runs, and afterwards.
            using var live = await Of(AllDialects.Resuming, resuming).ResumeAsync(fixture.Api, place);
            gate.Open();
            Assert.Equal(Whole, place.Text + await live.ToEndAsync());
            using var stored = await Of(AllDialects.Resuming, resuming).ResumeAsync(fixture.Api, place);
            Assert.Equal(Whole, place.Text + await stored.ToEndAsync());
        }
    }

    [Theory, MemberData(nameof(Starting))]
    public async Task All_read_the_same_at_once(string starting)
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text(Pieces[..3]).Wait(gate).Text(Pieces[3..]).Finish().Usage(1, 8).Done());
        using var first = await Of(AllDialects.Starting, starting).StartAsync(fixture.Api, Question);
        await first.UntilAsync(string.Concat(Pieces[..3]));
        var beginning = (await first.PlaceAsync()).Beginning;

        var others = await Task.WhenAll(AllDialects.Resuming.Select(dialect => dialect.ResumeAsync(fixture.Api, beginning)));
        gate.Open();
        var texts = await Task.WhenAll(others.Select(reading => reading.ToEndAsync()));

        Assert.All(texts, text => Assert.Equal(Whole, text));
        Assert.StartsWith(Whole, await first.ToEndAsync(), StringComparison.Ordinal);
        Array.ForEach(others, reading => reading.Dispose());
    }

    private static Dialect Of(IReadOnlyList<Dialect> dialects, string name) => dialects.Single(dialect => dialect.Name == name);
}
