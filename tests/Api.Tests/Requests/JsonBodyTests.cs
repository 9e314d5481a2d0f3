using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Requests;

/// <summary>All of a body is text, also where nobody looks into it.</summary>
public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud83d"}""")]
    [InlineData("""{"a":"\u0064"}""")]
    [InlineData("""{"a":"é 漢 😀"}""")]
    [InlineData("""{"a":"\ud83d\ude00" no JSON""")]
    public async Task Text_comes_as_it_was_sent(string json) => Assert.Equal(json, Encoding.UTF8.GetString((await ReadAsync(Encoding.UTF8.GetBytes(json))).Span));

    [Theory]
    [InlineData("""{"a":"\ud83d"}""")]
    [InlineData("""{"a":"\uDE00"}""")]
    [InlineData("""{"a":"\ude00\ud83d"}""")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""{"a":{"b":["\ud83dx"]}}""")]
    public async Task Half_a_surrogate_pair_is_no_text(string json) => await RefusedAsync(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData(0xff)]
    [InlineData(0xc0, 0xaf)]
    [InlineData(0xed, 0xa0, 0x80)]
    [InlineData(0xf5, 0x80, 0x80, 0x80)]
    public async Task Bytes_that_are_not_UTF8_are_no_text(params int[] bytes) =>
        await RefusedAsync([.. "{\"a\":\""u8, .. bytes.Select(each => (byte)each), .. "\"}"u8]);

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_it() => Assert.Equal("{}", Encoding.UTF8.GetString((await ReadAsync([.. "\uFEFF{}"u8])).Span));

    [Theory]
    [InlineData("0", true)]
    [InlineData("12", true)]
    [InlineData("1\0", false)]
    [InlineData("", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData(" 1", false)]
    [InlineData("\u0663", false)]
    [InlineData("99999999999999999999", false)]
    public void Whole_numbers_are_digits_and_nothing_else(string text, bool isOne) => Assert.Equal(isOne, WholeNumber.TryParse(text, out _));

    private static async Task RefusedAsync(byte[] body) =>
        Assert.Equal(400, (await Assert.ThrowsAsync<InvalidRequestException>(() => ReadAsync(body))).Status);

    private static Task<ReadOnlyMemory<byte>> ReadAsync(byte[] body) =>
        JsonBody.ReadAsync(new DefaultHttpContext { RequestServices = BodyServices.Default, Request = { Body = new MemoryStream(body), ContentLength = body.Length } }.Request);
}
