using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.AiSdk;

/// <summary>Messages that are posted several times at once, without keys.</summary>
public class TwiceAtOnceTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task An_impatient_finger_gets_one_reply()
    {
        for (var round = 0; round < 10; round++)
        {
            var page = new ChatPage(fixture.Api, $"chat-{Guid.NewGuid():n}");
            var gate = new Gate();
            fixture.Model.Enqueue(ModelScript.Stream.Text("One").Wait(gate).Text(" two").Finish().Done());
            var posts = Enumerable.Range(0, 4).Select(_ => page.OpenAsync(new { messages = new[] { ChatPage.User("q1", "Count!") } })).ToList();
            await Task.WhenAll(posts);
            gate.Open();

            foreach (var post in posts)
            {
                var read = await await post;
                Assert.Equal((HttpStatusCode.OK, "One two"), (read.Status, read.Text));
            }

            Assert.Equal(["user: Count!", "assistant: One two"], await page.MessagesAsync());
        }
    }

    [Fact]
    public async Task What_waits_is_waited_for_by_whoever_sends_it()
    {
        var page = new ChatPage(fixture.Api, $"chat-{Guid.NewGuid():n}");
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("One").Wait(gate).Finish().Done());
        await page.LeaveAsync(new { messages = new[] { ChatPage.User("q1", "Count!") } });
        var first = page.PostAsync(new { messages = new[] { ChatPage.User("q2", "On!") }, onBusy = "queue" });
        await page.QueuedAsync(1);

        var again = await page.OpenAsync(new { messages = new[] { ChatPage.User("q2", "On!") }, onBusy = "queue" });
        var other = await page.PostAsync(new { messages = new[] { ChatPage.User("q2", "Off!") }, onBusy = "queue" });
        gate.Open();

        Assert.Equal((await first).Frames, (await again).Frames);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Single(await page.MessagesAsync(), message => message == "user: On!");
    }
}
