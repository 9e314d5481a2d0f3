using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Events;
using OrleansChat.Generation;
using OrleansChat.Models;
using OrleansChat.Usage;

namespace OrleansChat.Grains.Tests.Usage;

public sealed class UsageMeterTests
{
    // 4 for the message, 2 for its text.
    private static readonly ChatMessage[] Prompt = [new ChatMessage(ChatRole.User, "12345678")];

    private readonly UsageMeter meter = new();

    [Fact]
    public void What_the_model_says_counts()
    {
        meter.Wrote("text");
        meter.Reported(new UsageDetails { InputTokenCount = 30, OutputTokenCount = 20, CachedInputTokenCount = 10, ReasoningTokenCount = 5 });

        Assert.Equal(new TokenUsage(30, 20) { CachedInputTokens = 10, ReasoningTokens = 5 }, meter.Total(hasEnded: true, Prompt));
        Assert.Equal(new TokenUsage(30, 20) { CachedInputTokens = 10, ReasoningTokens = 5 }, meter.Total(hasEnded: false, Prompt));
    }

    [Fact]
    public void What_it_does_not_say_is_estimated_and_marked()
    {
        meter.Wrote("1234567");
        meter.Wrote("89");

        Assert.Equal(new TokenUsage(6, 3) { Estimated = true }, meter.Total(hasEnded: false, Prompt));
    }

    [Fact]
    public void Tools_and_the_schema_of_the_answer_are_read_too()
    {
        var schema = JsonElement.Parse("""{"type":"object"}""");
        var options = new ChatOptions
        {
            Tools = [new ToolDeclaration(new ToolDefinition("clock", "The time.", new RawJson("""{"type":"object"}""")))],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema),
        };

        // 4 for the tool, 2 for its name, 3 for its description, and 5 for each schema.
        Assert.Equal(19, PromptTokens.Of(options));
        Assert.Equal(new TokenUsage(25, 0) { Estimated = true }, meter.Total(hasEnded: false, Prompt, options));
    }

    [Fact]
    public void A_model_that_refused_has_read_nothing() =>
        Assert.Equal(new TokenUsage(0, 0) { Estimated = true }, meter.Total(hasEnded: false, prompt: null));

    [Fact]
    public void Input_that_was_told_at_the_beginning_stands_and_the_output_so_far_is_estimated()
    {
        meter.Reported(new UsageDetails { InputTokenCount = 30, OutputTokenCount = 1, CachedInputTokenCount = 8 });
        meter.Wrote("123456789");

        Assert.Equal(new TokenUsage(30, 3) { CachedInputTokens = 8, Estimated = true }, meter.Total(hasEnded: false, Prompt));
        meter.Reported(new UsageDetails { OutputTokenCount = 7 });
        Assert.Equal(new TokenUsage(30, 7) { CachedInputTokens = 8 }, meter.Total(hasEnded: true, Prompt));
    }

    [Theory]
    [InlineData(1_000_000, 0, null, "2.5")]
    [InlineData(0, 1_000_000, null, "10")]
    [InlineData(3, 1, null, "0.0000175")]
    [InlineData(100, 10, 40L, "0.0003")]
    [InlineData(100, 10, 400L, "0.000225")]
    public void Prices_are_exact(long input, long output, long? cached, string amount)
    {
        var cost = new ModelPrices(2.5m, 10, 1.25m, "USD").CostOf(new TokenUsage(input, output) { CachedInputTokens = cached });

        Assert.Equal(new ReplyCost(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD"), cost);
    }
}
