using OrleansChat.Storage.Files.Live;

namespace OrleansChat.Silo.Tests.Storage.Files.Live;

public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_of_the_standard_comes_out_whole_and_in_parts()
    {
        var data = "123456789"u8;

        Assert.Equal(0xE3069283, Crc32C.Append(0, data));
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Assert.Equal(0xE3069283, Crc32C.Append(Crc32C.Append(0, data[..cut]), data[cut..]));
        }
    }
}
