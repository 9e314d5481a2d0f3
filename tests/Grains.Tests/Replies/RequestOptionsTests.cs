using Microsoft.Extensions.AI;
using OrleansChat.Generation;
using OrleansChat.Models;
using OrleansChat.Replies;
using ReasoningEffort = Microsoft.Extensions.AI.ReasoningEffort;

namespace OrleansChat.Grains.Tests.Replies;

public class RequestOptionsTests
{
    [Fact]
    public void Nothing_is_asked_for_where_nothing_is_set()
    {
        Assert.Null(RequestOptions.From(null));
        var empty = RequestOptions.From(new GenerationOptions())!;
        Assert.Equal((null, null, null), (empty.Temperature, empty.Tools, empty.ResponseFormat));
    }

    [Fact]
    public void Everything_that_is_set_is_asked_for()
    {
        var options = RequestOptions.From(new GenerationOptions
        {
            Temperature = 0.7,
            TopP = 0.9,
            MaxOutputTokens = 100,
            Stop = ["END"],
            Seed = 7,
            ResponseFormat = new ResponseFormat(ResponseFormatType.JsonSchema, "city", "A city", new RawJson("""{"type":"object"}"""), Strict: true),
            Tools = [new ToolDefinition("f", "Does it", new RawJson("""{"type":"object","properties":{"a":{}}}"""), Strict: true), new ToolDefinition("g")],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "f"),
            ParallelToolCalls = false,
            FrequencyPenalty = -1.5,
            PresencePenalty = 0.5,
        })!;

        Assert.Equal((0.7f, 0.9f, 100, 7L, false), (options.Temperature, options.TopP, options.MaxOutputTokens, options.Seed, options.AllowMultipleToolCalls));
        Assert.Equal((-1.5f, 0.5f), (options.FrequencyPenalty, options.PresencePenalty));
        Assert.Equal(["END"], options.StopSequences);
        var format = Assert.IsType<ChatResponseFormatJson>(options.ResponseFormat);
        Assert.Equal(("city", "A city", """{"type":"object"}"""), (format.SchemaName, format.SchemaDescription, format.Schema!.Value.GetRawText()));
        Assert.Equal(true, options.AdditionalProperties!["strict"]);
        Assert.Equal("f", Assert.IsType<RequiredChatToolMode>(options.ToolMode).RequiredFunctionName);
        var tools = options.Tools!.Cast<AIFunctionDeclaration>().ToList();
        Assert.Equal([("f", "Does it", true), ("g", "", false)], tools.Select(tool => (tool.Name, tool.Description, tool.AdditionalProperties.ContainsKey("strict"))));
        Assert.Equal("""{"type":"object","properties":{"a":{}}}""", tools[0].JsonSchema.GetRawText());
        Assert.Equal("""{"type":"object","properties":{}}""", tools[1].JsonSchema.GetRawText());
    }

    [Theory]
    [InlineData(Generation.ReasoningEffort.None, ReasoningEffort.None, "none")]
    [InlineData(Generation.ReasoningEffort.Minimal, ReasoningEffort.Low, "minimal")]
    [InlineData(Generation.ReasoningEffort.Low, ReasoningEffort.Low, "low")]
    [InlineData(Generation.ReasoningEffort.Medium, ReasoningEffort.Medium, "medium")]
    [InlineData(Generation.ReasoningEffort.High, ReasoningEffort.High, "high")]
    [InlineData(Generation.ReasoningEffort.ExtraHigh, ReasoningEffort.ExtraHigh, "xhigh")]
    [InlineData(Generation.ReasoningEffort.Most, ReasoningEffort.ExtraHigh, "max")]
    public void The_effort_is_told_in_the_clients_own_terms_and_the_exact_word_is_not_lost(
        Generation.ReasoningEffort effort, ReasoningEffort told, string word)
    {
        var options = RequestOptions.From(new GenerationOptions { ReasoningEffort = effort })!;

        Assert.Equal(told, options.Reasoning!.Effort);
        Assert.Equal(word, ReasoningEffortWord.Of(options));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(Verbosity.Low, "low")]
    [InlineData(Verbosity.Medium, "medium")]
    [InlineData(Verbosity.High, "high")]
    public void The_verbosity_is_told_in_a_word(Verbosity? verbosity, string? word) =>
        Assert.Equal(word, VerbosityWord.Of(RequestOptions.From(new GenerationOptions { Verbosity = verbosity })!));
}
