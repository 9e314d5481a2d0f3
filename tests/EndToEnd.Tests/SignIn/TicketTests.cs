using System.Net;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>Tickets for readers that cannot send headers.</summary>
[Collection(KeyedCollection.Name)]
public class TicketTests(KeyedProduct product)
{
    [Fact]
    public async Task A_ticket_opens_its_conversations_streams_again_and_again()
    {
        var alice = await product.ForAsync("alice");
        var (conversation, ticket) = await TicketAsync(alice);
        await SayAsync(alice, conversation);
        var anybody = product.Product.Api;

        for (var i = 0; i < 3; i++)
        {
            using var reader = await anybody.FollowAsync(conversation, $"until=idle&ticket={ticket}", lastEventId: i);
            Assert.Equal(HttpStatusCode.OK, reader.Status);
            await reader.ToEndAsync();
            Assert.Equal("reply.completed", reader.Events[^1].Type);
        }

        await anybody.GetAsync($"/streams/{conversation}?offset=-1&ticket={ticket}");
        using var html = await anybody.OpenAsync($"/conversations/{conversation}/html/events?until=idle&ticket={ticket}");
        await html.UntilAsync("reply.ended");
    }

    [Fact]
    public async Task A_reader_asks_for_it_and_it_only_reads()
    {
        var alice = await product.ForAsync("alice");
        var conversation = await alice.CreateAsync();
        var reader = await product.ForAsync("alice", "read");

        var ticket = (await reader.PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.Created)).Text("ticket");

        var anybody = product.Product.Api;
        foreach (var path in new[] { "", "/messages", "/html/messages", "/export", "/queue" })
        {
            await anybody.GetAsync($"/conversations/{conversation}{path}?ticket={ticket}", HttpStatusCode.Unauthorized);
        }

        await anybody.PostAsync($"/conversations/{conversation}/cancel?ticket={ticket}", new { }, HttpStatusCode.Unauthorized);
        await anybody.PostAsync($"/conversations/{conversation}/tickets?ticket={ticket}", new { }, HttpStatusCode.Unauthorized);
        await anybody.GetAsync($"/events?ticket={ticket}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_another_conversation_of_nobody_or_twice_it_is_none()
    {
        var alice = await product.ForAsync("alice");
        var (conversation, ticket) = await TicketAsync(alice);
        var other = await alice.CreateAsync();
        var anybody = product.Product.Api;

        await anybody.GetAsync($"/conversations/{other}/events?until=idle&ticket={ticket}", HttpStatusCode.Unauthorized);
        await anybody.GetAsync($"/conversations/{conversation}/events?until=idle&ticket={ticket[..^4]}AAAA", HttpStatusCode.Unauthorized);
        await anybody.GetAsync($"/conversations/{conversation}/events?until=idle&ticket=", HttpStatusCode.Unauthorized);
        await anybody.GetAsync($"/conversations/{conversation}/events?until=idle&ticket={ticket}&ticket={ticket}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task For_what_is_not_the_callers_there_is_none()
    {
        var alice = await product.ForAsync("alice");
        var conversation = await alice.CreateAsync();
        var bob = await product.ForAsync("bob");

        await bob.PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_ends_with_the_key_that_it_was_asked_for_with()
    {
        var made = await product.MakeKeyAsync("alice");
        var (conversation, ticket) = await TicketAsync(product.With(made.Text("key")));
        using var reader = await product.Product.Api.FollowAsync(conversation, $"ticket={ticket}");
        Assert.Equal(HttpStatusCode.OK, reader.Status);

        using var revoked = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{made.Text("id")}", UriKind.Relative));
        await reader.ToEndAsync();

        Assert.False(reader.WasCut);
        await Waiting.ForAsync(async () =>
        {
            using var again = await product.Product.Api.FollowAsync(conversation, $"ticket={ticket}");
            return again.Status == HttpStatusCode.Unauthorized;
        });
    }

    private static async Task<(string Conversation, string Ticket)> TicketAsync(ChatApi api)
    {
        var conversation = await api.CreateAsync();
        return (conversation, (await api.PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.Created)).Text("ticket")!);
    }

    private static async Task SayAsync(ChatApi api, string conversation)
    {
        using var reader = await api.PostAndFollowAsync($"/conversations/{conversation}/messages", new { content = "x [demo: tokens=3]", model = "demo" });
        await reader.ToEndAsync();
    }
}
