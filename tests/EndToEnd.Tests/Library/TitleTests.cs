using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Library;

public sealed class TitleTests
{
    [Fact]
    public async Task The_first_exchange_gets_a_title_by_a_model_the_second_none_and_a_given_one_stays()
    {
        using var directory = new TemporaryDirectory();
        await using var product = await ProductProcess.StartAsync(
            directory.Path, ("Titles__Enabled", "true"), ("Models__demo__TokensPerSecond", "2000"));
        var named = await product.Api.CreateAsync();
        using var reader = await product.Api.FollowAsync(named);
        await product.Api.SendAsync(named, "Why is the sky blue? [demo: tokens=5]");

        var title = await reader.UntilAsync("conversation.updated");
        Assert.Equal("Why is the sky blue", title.Json.GetProperty("title").GetString());
        Assert.Equal("reply.completed", reader.Events[^2].Type);

        await product.Api.SendAsync(HttpMethod.Patch, $"/conversations/{named}", body: new { title = (string?)null });
        await product.Api.SendAsync(named, "And the sea? [demo: tokens=5]");
        await reader.UntilAsync("reply.completed");
        var given = await product.Api.CreateAsync(new { title = "Mine" });
        using (var other = await product.Api.SendAndFollowAsync(given, "hello [demo: tokens=5]"))
        {
            await other.ToEndAsync();
        }

        // A conversation that begins later has its title: nothing is under way for the others any more.
        var last = await product.Api.CreateAsync();
        using var lastReader = await product.Api.FollowAsync(last);
        await product.Api.SendAsync(last, "[demo: tokens=5]");
        Assert.Equal("A demonstration", (await lastReader.UntilAsync("conversation.updated")).Json.GetProperty("title").GetString());
        Assert.Null((await product.Api.GetAsync($"/conversations/{named}")).GetProperty("title").GetString());
        Assert.Equal("Mine", (await product.Api.GetAsync($"/conversations/{given}")).GetProperty("title").GetString());
        Assert.Equal(2, reader.Events.Count(e => e.Type == "conversation.updated"));
    }

    [Fact]
    public async Task A_model_that_makes_no_title_keeps_nobody_waiting()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        await using var product = await ProductProcess.StartAsync(
            directory.Path, [.. ProductFixture.SettingsFor(model), ("Titles__Enabled", "true")]);
        var conversation = await product.Api.CreateAsync();
        model.Enqueue(ModelScript.Reply("An answer"));
        model.Enqueue(ModelScript.Stream.Text("Half a ti").Stall());
        model.Enqueue(ModelScript.Reply("Another answer"));
        using (var first = await product.Api.SendAndFollowAsync(conversation, "Why?"))
        {
            await first.ToEndAsync();
            Assert.Equal("An answer", first.Text);
        }

        _ = await model.NextRequestAsync();
        _ = await model.NextRequestAsync();
        Assert.Equal("idle", (await product.Api.GetAsync($"/conversations/{conversation}")).GetProperty("status").GetString());
        using var second = await product.Api.SendAndFollowAsync(conversation, "And why not?");
        await second.ToEndAsync();

        Assert.Equal("Another answer", second.Text);
        Assert.Null((await product.Api.GetAsync($"/conversations/{conversation}")).GetProperty("title").GetString());
    }
}
