using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Library;

public sealed class SearchAndListTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task What_was_asked_answered_or_written_above_is_found_and_nothing_of_it_after_deletion()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Because ", "zephyrs scatter it."));
        var talked = await fixture.Api.CreateAsync();
        using (var reader = await fixture.Api.SendAndFollowAsync(talked, "Why is the sky cerulean?"))
        {
            await reader.ToEndAsync();
        }

        var titled = await fixture.Api.CreateAsync(new { title = "Zephyrs of spring" });

        Assert.Equal((talked, "msg_2", "Why is the sky cerulean?"), Found(Assert.Single(await SearchAsync("CERUL"))));
        Assert.Equal([(titled, null, "Zephyrs of spring"), (talked, "msg_3", "Because zephyrs scatter it.")], (await SearchAsync("zephyrs")).Select(Found));
        Assert.Empty(await SearchAsync("cerulean zephyrs"));

        await fixture.Api.SendAsync(HttpMethod.Patch, $"/conversations/{titled}", body: new { title = "Autumn" });
        await fixture.Api.SendAsync(HttpMethod.Delete, $"/conversations/{talked}", HttpStatusCode.NoContent);

        Assert.Empty(await SearchAsync("zephyrs"));
    }

    [Fact]
    public async Task A_search_that_stops_at_its_page_says_where_to_go_on()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, await fixture.Api.CreateAsync(new { title = $"Quokka number {i}" }));
        }

        var first = await fixture.Api.GetAsync("/conversations?q=quokka&limit=2");
        Assert.Equal(ids[..2], IdsOf(first));
        Assert.True(first.GetProperty("has_more").GetBoolean());
        var rest = await fixture.Api.GetAsync($"/conversations?q=quokka&limit=2&after={first.GetProperty("next").GetString()}");
        Assert.Equal(ids[2..], IdsOf(rest));
        Assert.False(rest.GetProperty("has_more").GetBoolean());
        Assert.False(rest.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Pages_of_the_list_lead_both_ways()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await fixture.Api.CreateAsync());
        }

        Assert.Equal(ids[1..3], IdsOf(await fixture.Api.GetAsync($"/conversations?limit=2&after={ids[0]}")));
        var back = await fixture.Api.GetAsync($"/conversations?limit=2&before={ids[3]}");
        Assert.Equal(ids[1..3], IdsOf(back));
        Assert.True(back.GetProperty("has_more").GetBoolean());
        var newest = await fixture.Api.GetAsync($"/conversations?before={ids[1]}");
        Assert.Equal(ids[..1], IdsOf(newest));
        Assert.False(newest.GetProperty("has_more").GetBoolean());
    }

    [Theory]
    [InlineData("before=conv_1")]
    [InlineData("before=conv_01k9xf2q6r3m8t5v0w7y1z4b2c&after=conv_01k9xf2q6r3m8t5v0w7y1z4b2c")]
    [InlineData("before=conv_01k9xf2q6r3m8t5v0w7y1z4b2c&q=word")]
    [InlineData("q=")]
    [InlineData("q=!%3F")]
    [InlineData("q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q")]
    public async Task What_cannot_be_asked_is_refused(string query)
    {
        var problem = await fixture.Api.GetAsync($"/conversations?{query}", HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request", problem.GetProperty("code").GetString());
    }

    private async Task<List<JsonElement>> SearchAsync(string words) =>
        [.. (await fixture.Api.GetAsync($"/conversations?q={Uri.EscapeDataString(words)}")).GetProperty("data").EnumerateArray()];

    private static (string? Id, string? Message, string? Snippet) Found(JsonElement item) => (
        item.GetProperty("id").GetString(),
        item.GetProperty("match").GetProperty("message").GetString(),
        item.GetProperty("match").GetProperty("snippet").GetString());

    private static List<string> IdsOf(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
