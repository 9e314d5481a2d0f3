using Microsoft.Extensions.AI;
using OrleansChat.Titles;

namespace OrleansChat.Grains.Tests.Titles;

public sealed class TitlePromptTests
{
    [Theory]
    [InlineData("The sky", "The sky")]
    [InlineData("\n  \"The sky.\" \nI hope you like it!", "The sky")]
    [InlineData("**The sky**", "The sky")]
    [InlineData("„Der Himmel“", "Der Himmel")]
    [InlineData(" \n\"\"\n", null)]
    [InlineData("", null)]
    public void A_title_is_the_first_line_without_what_models_put_around_it(string answer, string? title) =>
        Assert.Equal(title, TitlePrompt.TitleIn(answer));

    [Fact]
    public void A_title_is_bounded_and_never_half_a_character()
    {
        Assert.Equal(TitlePrompt.MaxTitle, TitlePrompt.TitleIn(new string('x', 500))!.Length);
        Assert.EndsWith("👩…", TitlePrompt.TitleIn(string.Concat(Enumerable.Repeat("👩", 200))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_prompt_is_bounded_and_known_again()
    {
        var prompt = TitlePrompt.For(new string('q', 100_000), new string('a', 100_000));

        Assert.True(TitlePrompt.Asks(prompt, out var exchange));
        Assert.InRange(exchange.Length, 4_000, 4_020);
        Assert.False(TitlePrompt.Asks([new ChatMessage(ChatRole.User, "hello")], out _));
    }
}
