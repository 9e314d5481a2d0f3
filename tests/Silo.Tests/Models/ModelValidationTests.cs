using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Models;
using OrleansChat.Testing;

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
        "Models:demo:Speed is not a setting of a model; those are Enabled, Provider, Endpoint, ApiKey, ApiKeyFile, Model, Endpoints, "
        + "Fallbacks, OwnedBy, TokensPerSecond, ContextWindow, MaxOutputTokens, ReservedOutputTokens, Context, SummaryModel, ThinkingTokens, ReasoningSummaries, Capabilities, Prices, "
        + "FirstTokenTimeout, SilenceTimeout, ConnectTimeout, TotalTimeout, Retry, CircuitBreaker, TakeOver, OnBreak.")]
    [InlineData("Models:demo", "yes", "Models:demo is a single value, and must be a section, such as Models:demo:Enabled.")]
    [InlineData("Models:demo:ReservedOutputTokens", "100", "Models:demo:ReservedOutputTokens must be less than Models:demo:ContextWindow.")]
    [InlineData("Models:demo:Context", "Summarize", "Models:demo:ContextWindow is missing, without which nothing is ever summarised.")]
    [InlineData("Models:demo:Context", "Forget", "Models:demo:Context must be one of Drop, Summarize.")]
    [InlineData("Models:demo:SummaryModel", "small", "Models:demo:SummaryModel must name one of the configured models, letter by letter; configured are demo.")]
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
    [InlineData("Models:demo:Capabilities:Background", "true", "Models:demo:Capabilities:Background can be true for openai-responses only.")]
    [InlineData("Models:demo:ThinkingTokens", "100", "Models:demo:ThinkingTokens must be from 1024 to 1000000.")]
    [InlineData("Models:demo:MaxOutputTokens", "many", "Models:demo:MaxOutputTokens must be a whole number such as 12.")]
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
    [InlineData("Models:demo:TotalTimeout", "00:00:00", "Models:demo:TotalTimeout must be from 00:00:00.1 to 1.00:00:00.")]
    [InlineData("Models:demo:ContextWindow", "8k", "Models:demo:ContextWindow must be a whole number such as 12.")]
    [InlineData("Models:demo:ContextWindow", "1", "Models:demo:ContextWindow must be from 256 to 100000000.")]
    [InlineData("Models:demo:MaxOutputTokens", "0", "Models:demo:MaxOutputTokens must be from 1 to 10000000.")]
    [InlineData("Models:demo:Capabilities:Tools", "some", "Models:demo:Capabilities:Tools must be true or false.")]
    [InlineData(
        "Models:demo:Capabilities:Video",
        "true",
        "Models:demo:Capabilities:Video is not a setting of capabilities; those are Continuation, Background, Tools, Images.")]
    [InlineData("Models:demo:Prices", "1", "Models:demo:Prices is a single value, and must be a section, such as Models:demo:Prices:Input.|Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Prices:Input", "1", "Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Prices:Reading", "1", "Models:demo:Prices:Reading is not a setting of prices; those are Input, CachedInput, Output, Currency.|Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Prices:Input", "cheap", "Models:demo:Prices:Input must be a number such as 12.5.|Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Prices:Output", "-1", "Models:demo:Prices:Output must be from 0 to 1000000.|Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Prices:Currency", "Euro", "Models:demo:Prices:Currency must be the three capital letters of a currency, such as USD.|Models:demo:Prices needs both Input and Output, the prices of a million tokens.")]
    [InlineData("Models:demo:Retry", "3", "Models:demo:Retry is a single value, and must be a section, such as Models:demo:Retry:Attempts.")]
    [InlineData("Models:demo:Retry:Attempts", "0", "Models:demo:Retry:Attempts must be from 1 to 20.")]
    [InlineData("Models:demo:Retry:Budget", "30", "Models:demo:Retry:Budget must be from 00:00:00.1 to 04:00:00.")]
    [InlineData("Models:demo:Retry:Delay", "-00:00:01", "Models:demo:Retry:Delay must be from 00:00:00 to 01:00:00.")]
    [InlineData("Models:demo:Retry:LongestDelay", "02:00:00", "Models:demo:Retry:LongestDelay must be from 00:00:00 to 01:00:00.")]
    [InlineData("Models:demo:Retry:LongestRetryAfter", "1", "Models:demo:Retry:LongestRetryAfter must be from 00:00:00 to 01:00:00.")]
    [InlineData(
        "Models:demo:Retry:Speed",
        "1",
        "Models:demo:Retry:Speed is not a setting of retries; those are Attempts, Budget, Delay, LongestDelay, LongestRetryAfter.")]
    [InlineData("Models:demo:CircuitBreaker:Failures", "-1", "Models:demo:CircuitBreaker:Failures must be from 0 to 1000.")]
    [InlineData("Models:demo:CircuitBreaker:Break", "00:00:00", "Models:demo:CircuitBreaker:Break must be from 00:00:00.1 to 01:00:00.")]
    [InlineData("Models:demo:Fallbacks:0", "gpt", "Models:demo:Fallbacks names gpt, which is not configured; configured are demo.")]
    [InlineData("Models:demo:Fallbacks", "demo", "Models:demo:Fallbacks leads back to demo (demo, demo); no model can stand in for itself.")]
    [InlineData("Models:demo:Endpoints:0:Weight", "0", "Models:demo:Endpoints:0:Weight must be from 1 to 1000.")]
    [InlineData("Models:demo:Endpoints:0:Provider", "bard", "Models:demo:Endpoints:0:Provider is unknown; allowed are demo, openai, openai-responses, anthropic.")]
    [InlineData("Models:demo:Endpoints:0:Endpoint", "host", "Models:demo:Endpoints:0:Endpoint " + EndpointRule)]
    [InlineData(
        "Models:demo:Endpoints:0:Provider",
        "openai",
        "Models:demo:Endpoints:0:ApiKey is missing, which api.openai.com needs; set it, or OPENAI_API_KEY, or Models:demo:Endpoints:0:Endpoint to a server that needs none.")]
    [InlineData(
        "Models:demo:Endpoints:0:Url",
        "x",
        "Models:demo:Endpoints:0:Url is not a setting of an endpoint; those are Provider, Endpoint, ApiKey, ApiKeyFile, Model, Weight.")]
    [InlineData(
        "Models:openai:ApiKeyFile",
        "/nowhere/key",
        "Models:openai:ApiKeyFile must name a file of at most 16384 bytes that can be read and has a key in it.")]
    public async Task WrongSetting_StopsTheStartAndSaysWhatIsAllowed(string key, string value, string message)
    {
        var exception = await StartAsync((key, value));

        Assert.Equal(message.Split('|'), exception.Failures);
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

    public static TheoryData<(string Key, string Value)[], string> Combinations => new()
    {
        {
            [("Models:a:Provider", "demo"), ("Models:a:Fallbacks", "b"), ("Models:b:Provider", "demo"), ("Models:b:Fallbacks", "A")],
            "Models:a:Fallbacks leads back to a (a, b, a); no model can stand in for itself."
        },
        {
            [("Models:a:Provider", "openai"), ("Models:a:ApiKey", "sk-secret"), ("Models:a:Endpoints:0:Endpoint", "http://localhost/v1")],
            "Models:a has Endpoints, so Endpoint, ApiKey and ApiKeyFile stand in each of those, as in Models:a:Endpoints:0:ApiKey: "
            + "no key goes to an address that it was not given for."
        },
        {
            [("Models:openai:ApiKey", "sk-secret"), ("Models:openai:ApiKeyFile", typeof(ModelValidationTests).Assembly.Location)],
            "Models:openai:ApiKey and Models:openai:ApiKeyFile are both set; one of them has to go."
        },
        {
            [("Models:demo:TakeOver", "Continue"), ("Models:demo:Capabilities:Continuation", "false")],
            "Models:demo:TakeOver is Continue, but Models:demo:Capabilities:Continuation says that the endpoint cannot continue; one of them has to change."
        },
        {
            [("Models:deep:Provider", "openai-responses"), ("Models:deep:ApiKey", "sk-secret"), ("Models:deep:TakeOver", "Reattach"), ("Models:deep:Capabilities:Background", "false")],
            "Models:deep:TakeOver is Reattach, but Models:deep:Capabilities:Background says that the endpoint does not go on by itself; one of them has to change."
        },
        {
            [("Models:demo:ContextWindow", "1000"), ("Models:demo:MaxOutputTokens", "1000")],
            "Models:demo:MaxOutputTokens must be less than Models:demo:ContextWindow."
        },
    };

    [Theory, MemberData(nameof(Combinations))]
    public async Task SettingsThatContradictEachOther_StopTheStart((string Key, string Value)[] settings, string message)
    {
        var exception = await StartAsync(settings);

        Assert.Equal(message, exception.Failures.First());
        Assert.DoesNotContain("sk-secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MistakeInAFile_IsToldWithItsLine()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            Path.Combine(directory.Path, "appsettings.json"),
            """
            {
              // Comments are allowed.
              "Models": {
                "gpt": {
                  "Provider": "openai",
                  "Fallbacks": ["demo", "nobody"],
                  "Endpoints": [
                    { "Endpoint": "http://localhost:1/v1" },
                    { "Endpoint": "http://localhost:2/v1",
                      "Weight": 0 },
                  ],
                },
                "mine": { "Model": "x" },
              },
              "Models:demo:TokensPerSecond": "fast",
            }
            """);

        var exception = await StartAsync(directory.Path);

        Assert.Equal(
            [
                "Models:demo:TokensPerSecond must be a number such as 12.5. (appsettings.json, line 15)",
                "Models:gpt:Endpoints:1:Weight must be from 1 to 1000. (appsettings.json, line 10)",
                "Models:gpt:Fallbacks names nobody, which is not configured; configured are demo, gpt, mine. (appsettings.json, line 6)",
                "Models:mine:Provider is missing; allowed are demo, openai, openai-responses, anthropic. (appsettings.json, line 13)",
            ],
            exception.Failures);
    }

    private static Task<OptionsValidationException> StartAsync(string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.SetBasePath(directory).AddJsonFile("appsettings.json");
        return StartAsync(builder);
    }

    private static Task<OptionsValidationException> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        return StartAsync(builder);
    }

    private static async Task<OptionsValidationException> StartAsync(HostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddModels(builder.Configuration);
        using var host = builder.Build();
        return await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }
}
