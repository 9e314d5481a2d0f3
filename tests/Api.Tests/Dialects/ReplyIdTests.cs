using OrleansChat.Conversations;
using OrleansChat.Dialects;

namespace OrleansChat.Api.Tests.Dialects;

/// <summary>The ids by which dialects without conversations name replies.</summary>
public class ReplyIdTests
{
    private const string Whole = "chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_31";

    [Fact]
    public void An_id_is_read_as_it_is_written()
    {
        Assert.True(ReplyId.TryParse("chatcmpl-", Whole, out var id));
        Assert.Equal(("conv_01k9xf2q6r3m8t5v0w7y1z4b2c", "msg_31", 30), (id.Conversation.Value, id.Message, id.Before));
        Assert.Equal(Whole, ReplyId.Of("chatcmpl-", id.Conversation, id.Message));
    }

    [Fact]
    public void Every_conversation_has_ids_of_letters_digits_and_lines()
    {
        var conversation = ConversationId.New(TimeProvider.System);
        var id = ReplyId.Of("resp_", conversation, "msg_9223372036854775807");

        Assert.All(id, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c == '_'));
        Assert.True(ReplyId.TryParse("resp_", id, out var read));
        Assert.Equal(conversation, read.Conversation);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chatcmpl-")]
    [InlineData("resp_01k9xf2q6r3m8t5v0w7y1z4b2c_31")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_031")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_+3")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_3 ")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2C_3")]
    [InlineData("chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_99999999999999999999")]
    public void Anything_else_is_none(string? text) => Assert.False(ReplyId.TryParse("chatcmpl-", text, out _));
}
