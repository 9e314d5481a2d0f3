using Microsoft.AspNetCore.Http;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Requests;

public class IfMatchTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("*")]
    [InlineData("\"msg_7\"", "msg_7")]
    [InlineData("\"none\"", "none")]
    [InlineData("\"msg_7\", \"msg_9\"", "msg_7", "msg_9")]
    [InlineData("W/\"msg_7\"", "")]
    public void The_header_names_the_heads_that_will_do(string? header, params string[] heads) =>
        Assert.Equal(heads, IfMatch.Read(RequestWith(header)).Heads);

    [Theory]
    [InlineData("msg_7")]
    [InlineData("\"msg_7")]
    [InlineData("\"msg_7\" \"msg_9\"")]
    public void What_is_no_entity_tag_is_refused(string header) =>
        Assert.Equal(400, Assert.Throws<InvalidRequestException>(() => IfMatch.Read(RequestWith(header))).Status);

    [Theory]
    [InlineData("msg_7", "\"msg_7\"")]
    [InlineData(null, "\"none\"")]
    public void The_head_is_told_as_an_entity_tag_that_can_be_sent_back(string? head, string tag)
    {
        var context = new DefaultHttpContext();
        IfMatch.Tell(context.Response, head);

        Assert.Equal(tag, context.Response.Headers.ETag.ToString());
        Assert.Equal(head ?? "none", Assert.Single(IfMatch.Read(RequestWith(tag)).Heads));
    }

    private static HttpRequest RequestWith(string? header)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfMatch = header;
        return request;
    }
}
