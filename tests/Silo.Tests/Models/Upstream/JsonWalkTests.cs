using System.Text;
using System.Text.Json;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Silo.Tests.Models.Upstream;

/// <summary>Counts that models tell.</summary>
public class JsonWalkTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1000000000000", 1_000_000_000_000L)]
    [InlineData("1000000000001", null)]
    [InlineData("4611686018427387904", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("\"1\"", null)]
    public void A_count_that_cannot_be_is_none(string json, long? expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"n\":{json}}}"));
        reader.Read();
        Assert.True(reader.NextProperty());

        Assert.Equal(expected, reader.NextCount());
    }
}
