using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Requests;

public class RequestKeyTests
{
    [Theory]
    [InlineData("k", "k")]
    [InlineData("\"k\"", "k")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324")]
    public async Task A_key_is_the_same_in_quotes_and_without(string header, string key)
    {
        Assert.Equal(key, (await RequestKey.ReadAsync(Post(header)))?.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\u007f")]
    public async Task What_is_not_visible_ASCII_is_no_key(string header)
    {
        var refusal = await Assert.ThrowsAsync<InvalidRequestException>(() => RequestKey.ReadAsync(Post(header)));

        Assert.Equal(400, refusal.Status);
    }

    [Fact]
    public async Task A_key_has_255_characters_at_most_and_comes_once()
    {
        Assert.NotNull(await RequestKey.ReadAsync(Post(new string('k', 255))));
        await Assert.ThrowsAsync<InvalidRequestException>(() => RequestKey.ReadAsync(Post(new string('k', 256))));
        var twice = Post("k");
        twice.Headers["Idempotency-Key"] = new(["k", "k"]);
        await Assert.ThrowsAsync<InvalidRequestException>(() => RequestKey.ReadAsync(twice));
    }

    [Fact]
    public async Task A_request_without_a_key_is_left_alone()
    {
        var request = Post("k");
        request.Headers.Remove("Idempotency-Key");
        var body = request.Body;

        Assert.Null(await RequestKey.ReadAsync(request));
        Assert.Same(body, request.Body);
    }

    [Fact]
    public async Task The_fingerprint_is_of_method_path_and_body_and_the_body_can_still_be_read()
    {
        var (same, again) = (Post("k", "/a", "{}"), await RequestKey.ReadAsync(Post("other", "/a", "{}")));
        var key = await RequestKey.ReadAsync(same);
        var different = new[] { Post("k", "/b", "{}"), Post("k", "/a", "{ }"), Post("k", "/a", "") };

        Assert.Equal(again!.Fingerprint, key!.Fingerprint);
        Assert.Equal("{}", await new StreamReader(same.Body).ReadToEndAsync());
        foreach (var request in different)
        {
            Assert.NotEqual(key.Fingerprint, (await RequestKey.ReadAsync(request))!.Fingerprint);
        }
    }

    private static HttpRequest Post(string key, string path = "/conversations", string body = "{}")
    {
        var request = new DefaultHttpContext { RequestServices = BodyServices.Default }.Request;
        request.Method = "POST";
        request.Path = path;
        request.Headers["Idempotency-Key"] = key;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }
}
