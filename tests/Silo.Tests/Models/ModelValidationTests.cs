using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Models;

namespace OrleansChat.Silo.Tests.Models;

public sealed class ModelValidationTests
{
    private const string EndpointRule =
        "must be an absolute http or https URL without user name, query or fragment, such as http://localhost:11434/v1.";

    [Theory]
    [InlineData("Models:demo:TokensPerSecond", "0", "Models:demo:TokensPerSecond must be from 0.1 to 100000.")]
    [InlineData("Models:demo:TokensPerSecond", "NaN", "Models:demo:TokensPerSecond must be from 0.1 to 100000.")]
    [InlineData("Models:demo:TokensPerSecond", "fast", "Models:demo:TokensPerSecond must be a number such as 12.5.")]
    [InlineData("Models:demo:SilenceTimeout", "60", "Models:demo:SilenceTimeout must be from 00:00:00.1 to 01:00:00.")]
    [InlineData("Models:demo:FirstTokenTimeout", "5m", "Models:demo:FirstTokenTimeout must be a time span such as 00:01:30, or 00:00:00.5.")]
    [InlineData("Models:demo:ConnectTimeout", "00:00:00", "Models:demo:ConnectTimeout must be from 00:00:00.1 to 01:00:00.")]
    [InlineData("Models:demo:TakeOver", "Never", "Models:demo:TakeOver must be one of Reattach, Continue, Restart, Interrupt.")]
    [InlineData("Models:demo:TakeOver", "7", "Models:demo:TakeOver must be one of Reattach, Continue, Restart, Interrupt.")]
    [InlineData("Models:demo:Enabled", "maybe", "Models:demo:Enabled must be true or false.")]
    [InlineData("Models:demo:Enabled", "false", "Models has no model left that is enabled; at least one is needed, such as Models:demo.")]
    [InlineData(
        "Models:demo:Speed",
        "9",
        "Models:demo:Speed is not a setting of a model; those are Enabled, Provider, Endpoint, ApiKey, Model, OwnedBy, "
        + "TokensPerSecond, FirstTokenTimeout, SilenceTimeout, ConnectTimeout, MaxOutputTokens, ThinkingTokens, ReasoningSummaries, TakeOver.")]
    [InlineData("Models:demo", "yes", "Models:demo is a single value; a model is a section, such as Models:demo:Endpoint.")]
    [InlineData("Models:demo:Endpoint:Url", "x", "Models:demo:Endpoint must be a URL.")]
    [InlineData("Models:mine:Model", "x", "Models:mine:Provider is missing; allowed are demo, openai, openai-responses, anthropic.")]
    [InlineData("Models:mine:Provider", "bard", "Models:mine:Provider is unknown; allowed are demo, openai, openai-responses, anthropic.")]
    [InlineData(
        "Models:mine:Provider",
        "openai",
        "Models:mine:ApiKey is missing, which api.openai.com needs; set it, or OPENAI_API_KEY, or Models:mine:Endpoint to a server that needs none.")]
    [InlineData(
        "Models:anthropic:Model",
        "claude",
        "Models:anthropic:ApiKey is missing, which api.anthropic.com needs; set it, or ANTHROPIC_API_KEY, or Models:anthropic:Endpoint to a server that needs none.")]
    [InlineData(
        "Models:openai-responses:Model",
        "gpt-5",
        "Models:openai-responses:ApiKey is missing, which api.openai.com needs; set it, or OPENAI_API_KEY, or Models:openai-responses:Endpoint to a server that needs none.")]
    [InlineData("Models:demo:TakeOver", "Reattach", "Models:demo:TakeOver can be Reattach for openai-responses only.")]
    [InlineData("Models:demo:ThinkingTokens", "100", "Models:demo:ThinkingTokens must be from 1024 to 1000000.")]
    [InlineData("Models:demo:MaxOutputTokens", "many", "Models:demo:MaxOutputTokens must be a whole number.")]
    [InlineData("ANTHROPIC_API_KEY", "top\nsecret", "ANTHROPIC_API_KEY must consist of visible ASCII characters, without spaces or line breaks.")]
    [InlineData("Models:openai:Endpoint", "localhost:11434", $"Models:openai:Endpoint {EndpointRule}")]
    [InlineData("Models:openai:Endpoint", "/v1", $"Models:openai:Endpoint {EndpointRule}")]
    [InlineData("Models:openai:Endpoint", "https://me:secret@host/v1", $"Models:openai:Endpoint {EndpointRule}")]
    [InlineData("OPENAI_BASE_URL", "ftp://host/v1", $"OPENAI_BASE_URL {EndpointRule}")]
    [InlineData("OPENAI_API_KEY", "top\nsecret", "OPENAI_API_KEY must consist of visible ASCII characters, without spaces or line breaks.")]
    [InlineData("Models:openai:ApiKey", "top secret", "Models:openai:ApiKey must consist of visible ASCII characters, without spaces or line breaks.")]
    [InlineData(
        "Models:Default",
        "gpt",
        "Models:Default names a model that is not configured; configured are demo. (openai is once OPENAI_API_KEY is set.)")]
    [InlineData("Models:Default:Name", "demo", "Models:Default must be the name of a model, not a section.")]
    public async Task WrongSetting_StopsTheStartAndSaysWhatIsAllowed(string key, string value, string message)
    {
        var exception = await StartAsync((key, value));

        Assert.Equal([message], exception.Failures);
    }

    [Fact]
    public async Task SeveralWrongSettings_AreToldTogether()
    {
        var exception = await StartAsync(("Models:demo:Enabled", "maybe"), ("Models:demo:TokensPerSecond", "-1"), ("Models:a:Provider", "b"));

        Assert.Equal(
            [
                "Models:demo:Enabled must be true or false.",
                "Models:a:Provider is unknown; allowed are demo, openai, openai-responses, anthropic.",
                "Models:demo:TokensPerSecond must be from 0.1 to 100000.",
            ],
            exception.Failures);
    }

    private static async Task<OptionsValidationException> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddModels(builder.Configuration);
        using var host = builder.Build();
        return await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }
}
