using OrleansChat.Dialects.Responses.Items;

namespace OrleansChat.Api.Tests.Dialects.Responses;

public class ItemIdTests
{
    [Theory]
    [InlineData("msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3", "msg_3", 0)]
    [InlineData("rs_01k9xf2q6r3m8t5v0w7y1z4b2c_12_2", "msg_12", 2)]
    [InlineData("fc_01k9xf2q6r3m8t5v0w7y1z4b2c_3_1", "msg_3", 1)]
    [InlineData("fco_01k9xf2q6r3m8t5v0w7y1z4b2c_3", "msg_3", 0)]
    public void An_id_says_where_its_item_is(string text, string message, int index)
    {
        Assert.True(ItemId.TryParse(text, out var id));
        Assert.Equal((message, index, text), (id.Message, id.Index, id.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("msg_3")]
    [InlineData("resp_01k9xf2q6r3m8t5v0w7y1z4b2c_3")]
    [InlineData("fc_01k9xf2q6r3m8t5v0w7y1z4b2c_3_0")]
    [InlineData("fc_01k9xf2q6r3m8t5v0w7y1z4b2c_3_x")]
    [InlineData("fc_01k9xf2q6r3m8t5v0w7y1z4b2c_03")]
    public void Anything_else_is_none(string? text) => Assert.False(ItemId.TryParse(text, out _));
}
