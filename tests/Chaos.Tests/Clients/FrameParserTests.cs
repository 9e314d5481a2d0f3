using System.Text;
using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Tests.Clients;

public class FrameParserTests
{
    private static readonly byte[] Stream = Encoding.UTF8.GetBytes(
        "retry: 250\n\nid: 1\nevent: a\ndata: {\"x\":\"ü\"}\n\n: heartbeat\n\nid:2\r\ndata:one\r\ndata: two\r\n\r\nid: 5\n\nevent: b\ndata\n\nid: 6\nevent: half\ndata: not ye");

    [Fact]
    public void Events_are_the_same_however_the_bytes_are_cut()
    {
        for (var cut = 0; cut <= Stream.Length; cut++)
        {
            var parser = new FrameParser();
            List<Frame> frames = [];
            parser.Take(Stream.AsSpan(0, cut), frames);
            parser.Take(Stream.AsSpan(cut), frames);

            Assert.Equal(["1 a {\"x\":\"ü\"}", "2 message one\ntwo", "5 b "], frames.Select(frame => frame.ToString()));
            Assert.Equal((5, TimeSpan.FromMilliseconds(250)), (parser.LastId, parser.Retry));
        }
    }

    [Theory]
    [InlineData("dta: x\n")]
    [InlineData("id: seven\n")]
    [InlineData("id: 1 2\n")]
    [InlineData("retry: soon\n")]
    public void What_no_server_of_ours_should_send_is_refused(string line) =>
        Assert.Throws<InvalidDataException>(() => new FrameParser().Take(Encoding.UTF8.GetBytes(line), []));
}
