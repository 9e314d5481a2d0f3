using System.Net;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>What readers of streams get who ask for what is not there.</summary>
public class RefusalTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Theory]
    [InlineData("offset=")]
    [InlineData("offset=1,2")]
    [InlineData("offset=1&offset=2")]
    [InlineData("offset=-2")]
    [InlineData("offset=0_1")]
    [InlineData("offset=12345678901234567")]
    [InlineData("offset=%20")]
    [InlineData("live=sse")]
    [InlineData("live=long-poll")]
    [InlineData("offset=-1&live=yes")]
    public async Task What_is_no_offset_or_mode_is_refused(string query)
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.ReadAsync(conversation, query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task An_offset_beyond_the_end_is_gone()
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.ReadAsync(conversation, "offset=0000000000000099");

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("offset=now")]
    [InlineData("offset=now&live=long-poll")]
    [InlineData("offset=now&live=sse")]
    [InlineData("offset=-1&live=sse")]
    public async Task Where_there_is_no_conversation_or_message_there_is_no_stream(string query)
    {
        var conversation = await Api.CreateAsync();
        var deleted = await Api.CreateAsync();
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{deleted}", HttpStatusCode.NoContent);
        foreach (var stream in new[] { "nothing", "conv_01k9xf2q6r3m8t5v0w7y1z4b2c", deleted, $"{conversation}/msg_9", $"{conversation}/nothing" })
        {
            using var response = await Api.ReadAsync(stream, query);
            using var head = await Api.RequestAsync(HttpMethod.Head, $"/streams/{stream}", null);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("same-origin", response.Header("Cross-Origin-Resource-Policy"));
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task It_is_written_to_elsewhere(string method)
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.RequestAsync(new HttpMethod(method), $"/streams/{conversation}", new { });

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }
}
