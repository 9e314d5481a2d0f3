using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Load;

/// <summary>Many at once: nobody loses anything, gets anything twice, or out of order.</summary>
public class ManyReadersTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Two_hundred_conversations_at_once_with_a_reader_each()
    {
        const int Conversations = 200;
        const int Words = 60;
        fixture.Model.Default = ModelScript.Stream.Text(NumberedWords(Words), TimeSpan.FromMilliseconds(20)).Finish().Usage(1, Words).Done();

        var readers = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(async _ =>
        {
            var conversation = await fixture.Api.CreateAsync();
            using var reader = await fixture.Api.SendAndFollowAsync(conversation, "go");
            return await reader.ToEndAsync();
        }));

        Assert.All(readers, reader =>
        {
            Assert.False(reader.WasCut);
            Assert.Equal(string.Concat(NumberedWords(Words)), reader.Text);
            Assert.Equal("reply.completed", reader.Events[^1].Type);
            Assert.Equal(reader.Events.Select(e => e.Id).Order().Distinct(), reader.Events.Select(e => e.Id));
            Assert.Equal(4 + Words, reader.Cursor);
        });
    }

    [Fact]
    public async Task One_conversation_with_two_hundred_readers_that_join_at_random_times()
    {
        const int Readers = 200;
        const int Words = 400;
        var random = new Random(7);
        var stops = Enumerable.Range(0, 20).Select(_ => new Gate()).ToArray();
        var script = ModelScript.Stream;
        for (var i = 0; i < stops.Length; i++)
        {
            script = script.Text(NumberedWords(Words).Skip(i * 20).Take(20), TimeSpan.FromMilliseconds(1)).Wait(stops[i]);
        }

        fixture.Model.Enqueue(script.Finish().Done());
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "go");

        // Ten join in each of the twenty stretches of the reply, some before it moves on and some while it does.
        var readers = new List<Task<SseConnection>>();
        foreach (var stop in stops)
        {
            await stop.Reached.WaitAsync(TimeSpan.FromSeconds(30));
            var early = random.Next(11);
            readers.AddRange(Enumerable.Range(0, early).Select(_ => ReadAsync()));
            stop.Open();
            readers.AddRange(Enumerable.Range(early, 10 - early).Select(_ => ReadAsync()));
        }

        var all = await Task.WhenAll(readers);
        Assert.Equal(Readers, all.Length);
        var first = all[0].Events.Select(e => e.Data).ToArray();
        Assert.Equal(string.Concat(NumberedWords(Words)), all[0].Text);
        Assert.All(all, reader => Assert.Equal(first, reader.Events.Select(e => e.Data)));

        async Task<SseConnection> ReadAsync()
        {
            using var reader = await fixture.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
            return await reader.ToEndAsync();
        }
    }

    [Fact]
    public async Task A_reader_that_does_not_read_holds_nobody_up_and_has_everything_in_the_end()
    {
        const int Pieces = 3_000;
        var big = new string('x', 1_000);
        fixture.Model.Enqueue(ModelScript.Stream.Text(Enumerable.Repeat(big, Pieces), TimeSpan.Zero).Finish().Done());
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "go");

        using var slow = await fixture.Api.FollowAsync(conversation, "until=idle");
        using var quick = await fixture.Api.FollowAsync(conversation, "until=idle");
        await quick.ToEndAsync();
        await slow.ToEndAsync();

        Assert.Equal(Pieces * big.Length, quick.Text.Length);
        Assert.Equal(quick.Text, slow.Text);
        Assert.False(slow.WasCut);
    }

    private static IEnumerable<string> NumberedWords(int count) => Enumerable.Range(0, count).Select(i => $"w{i} ");
}
