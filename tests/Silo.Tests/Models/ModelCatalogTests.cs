using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Models;
using OrleansChat.Models.Routing;

namespace OrleansChat.Silo.Tests.Models;

public sealed class ModelCatalogTests
{
    [Fact]
    public void NothingConfigured_TheDemoModelIsThereAndTheDefault()
    {
        using var provider = Build([]);
        var catalog = provider.GetRequiredService<IModelCatalog>();

        Assert.Equal([new ModelInfo("demo", "orleanschat-demo", IsDefault: true)], catalog.Models.Select(model => model.Info));
        Assert.Equal(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(5), catalog.Models[0].FirstTokenTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), catalog.Models[0].SilenceTimeout);
    }

    [Fact]
    public void Prices_and_window_are_the_models()
    {
        using var provider = Build([
            ("Models:demo:Prices:Input", "2.50"), ("Models:demo:Prices:Output", "10"), ("Models:demo:Prices:CachedInput", "0.25"), ("Models:demo:Prices:Currency", "EUR"),
            ("Models:demo:ContextWindow", "8000"), ("Models:demo:Context", "Summarize"),
        ]);
        var model = provider.GetRequiredService<IModelCatalog>().Models[0];

        Assert.Equal(new ModelPrices(2.5m, 10, 0.25m, "EUR"), model.Prices);
        Assert.Equal(new ModelContext(8_000, 2_000, "demo"), model.Context);
    }

    [Fact]
    public void Without_them_nothing_is_priced_and_nothing_fitted()
    {
        using var provider = Build([("Models:big:Provider", "demo"), ("Models:big:ContextWindow", "1000000")]);
        var catalog = provider.GetRequiredService<IModelCatalog>();

        Assert.True(catalog.TryGet("demo", out var demo));
        Assert.Equal((null, null), (demo.Prices, demo.Context));
        Assert.True(catalog.TryGet("big", out var big));
        Assert.Equal(new ModelContext(1_000_000, 4_096), big.Context);
    }

    [Fact]
    public void OpenAiKeyInTheEnvironment_OpenAiIsTheDefaultAndComesFirst()
    {
        using var provider = Build([("OPENAI_API_KEY", "sk-test")]);

        Assert.Equal(
            [new ModelInfo("openai", "openai", IsDefault: true), new ModelInfo("demo", "orleanschat-demo", IsDefault: false)],
            provider.GetRequiredService<IModelCatalog>().Models.Select(model => model.Info));
        Assert.Equal(("https://api.openai.com/v1", "gpt-4.1-mini"), Upstream(provider, "openai"));
    }

    [Fact]
    public void OpenAiBaseUrlAndModelInTheEnvironment_NoKeyIsNeeded()
    {
        using var provider = Build([("OPENAI_BASE_URL", "http://localhost:11434/v1"), ("OPENAI_MODEL", "llama3.2:3b")]);

        Assert.Equal(["openai", "demo"], Names(provider));
        Assert.Equal(("http://localhost:11434/v1", "llama3.2:3b"), Upstream(provider, "openai"));
    }

    [Fact]
    public void SectionOfOpenAi_GoesBeforeTheEnvironment()
    {
        using var provider = Build(
        [
            ("OPENAI_BASE_URL", "http://localhost:1/v1"), ("OPENAI_MODEL", "one"),
            ("Models:OpenAI:Endpoint", "http://localhost:2/v1"), ("Models:OpenAI:Model", "two"),
        ]);

        Assert.Equal(["openai", "demo"], Names(provider));
        Assert.Equal(("http://localhost:2/v1", "two"), Upstream(provider, "openai"));
    }

    [Fact]
    public void SectionOfOpenAiWithoutKeyOrEndpoint_IsNoModel()
    {
        using var provider = Build([("Models:openai:Model", "gpt-5"), ("Models:openai:ApiKey", "")]);

        Assert.Equal(["demo"], Names(provider));
    }

    [Fact]
    public void FurtherSections_AreModelsOfTheirOwn()
    {
        using var provider = Build(
        [
            ("Models:local:Provider", "OpenAI"), ("Models:local:Endpoint", "http://localhost:8080/v1"),
            ("Models:local:SilenceTimeout", "00:00:05"), ("Models:local:OwnedBy", "our own"),
            ("Models:slow:Provider", "demo"), ("Models:slow:TokensPerSecond", "0.5"),
        ]);

        var catalog = provider.GetRequiredService<IModelCatalog>();
        Assert.Equal(
            [new ModelInfo("demo", "orleanschat-demo", true), new ModelInfo("local", "our own", false), new ModelInfo("slow", "orleanschat-demo", false)],
            catalog.Models.Select(model => model.Info));
        Assert.Equal(("http://localhost:8080/v1", "local"), Upstream(provider, "local"));
        Assert.Equal(TimeSpan.FromSeconds(5), catalog.Models[1].SilenceTimeout);
    }

    [Fact]
    public void FurtherModelOfTheSameAccount_TakesKeyAndEndpointFromTheEnvironment()
    {
        using var provider = Build(
            [("OPENAI_API_KEY", "sk-test"), ("OPENAI_BASE_URL", "http://localhost:1/v1"), ("Models:gpt-5:Provider", "openai")]);

        Assert.Equal(("http://localhost:1/v1", "gpt-5"), Upstream(provider, "gpt-5"));
    }

    [Fact]
    public void ModelsOfOtherProviders_TakeTheirKeysFromTheEnvironmentToo()
    {
        using var provider = Build(
        [
            ("OPENAI_API_KEY", "sk-test"), ("Models:deep:Provider", "OpenAI-Responses"), ("Models:deep:Model", "gpt-5"), ("Models:deep:TakeOver", "Reattach"),
            ("ANTHROPIC_API_KEY", "sk-ant-test"), ("Models:claude:Provider", "Anthropic"),
        ]);

        var catalog = provider.GetRequiredService<IModelCatalog>();
        Assert.Equal(("https://api.openai.com/v1", "gpt-5"), Upstream(provider, "deep"));
        Assert.Equal(("https://api.anthropic.com/v1", "claude"), Upstream(provider, "claude"));
        Assert.Equal(
            [("openai", "openai", TakeOver.Restart), ("claude", "anthropic", TakeOver.Restart), ("deep", "openai", TakeOver.Reattach), ("demo", "orleanschat-demo", TakeOver.Continue)],
            catalog.Models.Select(model => (model.Info.Id, model.Info.OwnedBy, model.TakeOver)));
    }

    [Theory]
    [InlineData("Models:deep:TakeOver", "Reattach")]
    [InlineData("Models:deep:Capabilities:Background", "true")]
    public void ModelThatGoesOnByItself_IsReadOn(string key, string value)
    {
        using var provider = Build([("OPENAI_API_KEY", "sk-test"), ("Models:deep:Provider", "openai-responses"), (key, value)]);

        Assert.True(provider.GetRequiredService<IModelCatalog>().TryGet("deep", out var model));
        Assert.Equal((TakeOver.Reattach, true), (model.TakeOver, model.Capabilities.Background));
    }

    [Fact]
    public void KeyOfOneProvider_GoesToNoOther()
    {
        using var provider = Build([("OPENAI_API_KEY", "sk-test"), ("ANTHROPIC_API_KEY", "sk-ant-test"), ("Models:openai:Provider", "anthropic")]);

        Assert.Equal("sk-ant-test", provider.GetRequiredService<IOptions<ModelsOptions>>().Value.Models["openai"].Endpoints[0].ApiKey);
    }

    [Fact]
    public void Default_NamesTheFirstModel()
    {
        using var provider = Build([("OPENAI_API_KEY", "sk-test"), ("Models:Default", "demo")]);

        Assert.Equal(["demo", "openai"], Names(provider));
    }

    [Fact]
    public void DisabledModel_IsNotThere()
    {
        using var provider = Build([("OPENAI_API_KEY", "sk-test"), ("Models:demo:Enabled", "false")]);

        Assert.Equal(["openai"], Names(provider));
        Assert.False(provider.GetRequiredService<IModelCatalog>().TryGet("demo", out _));
    }

    [Fact]
    public void TryGet_ReadsNamesLetterByLetter()
    {
        using var provider = Build([]);
        var catalog = provider.GetRequiredService<IModelCatalog>();

        Assert.True(catalog.TryGet("demo", out var model));
        Assert.Same(catalog.Models[0], model);
        Assert.False(catalog.TryGet("Demo", out _));
    }

    [Fact]
    public void Everything_CanBeConfigured()
    {
        using var provider = Build(
        [
            ("Models:gpt:Provider", "openai"), ("Models:gpt:Model", "gpt-5"), ("Models:gpt:Fallbacks", "Local, demo"),
            ("Models:gpt:Endpoints:0:Endpoint", "http://localhost:1/v1"), ("Models:gpt:Endpoints:0:ApiKey", "sk-one"),
            ("Models:gpt:Endpoints:1:Endpoint", "http://localhost:2/v1"), ("Models:gpt:Endpoints:1:Model", "mine"), ("Models:gpt:Endpoints:1:Weight", "3"),
            ("Models:gpt:ContextWindow", "128000"), ("Models:gpt:MaxOutputTokens", "4000"), ("Models:gpt:TotalTimeout", "00:10:00"),
            ("Models:gpt:Prices:Input", "2.5"), ("Models:gpt:Prices:Output", "10"), ("Models:gpt:Prices:Currency", "EUR"),
            ("Models:gpt:Capabilities:Continuation", "true"), ("Models:gpt:Capabilities:Images", "false"),
            ("Models:gpt:Retry:Attempts", "5"), ("Models:gpt:Retry:Budget", "00:00:30"), ("Models:gpt:FirstTokenTimeout", "00:00:10"),
            ("Models:local:Provider", "openai"), ("Models:local:Endpoint", "http://localhost:3/v1"), ("Models:local:Fallbacks:0", "demo"),
        ]);

        Assert.True(provider.GetRequiredService<IModelCatalog>().TryGet("gpt", out var model));
        Assert.Equal(new ModelPrices(2.5m, 10m, null, "EUR"), model.Prices);
        Assert.Equal(new ModelCapabilities(Continuation: true, Background: false, Tools: true, Images: false), model.Capabilities);
        Assert.Equal((new ModelContext(128_000, 4_000), 4_000, TakeOver.Continue), (model.Context, model.MaxOutputTokens, model.TakeOver));
        Assert.Equal((TimeSpan.FromSeconds(35), TimeSpan.FromMinutes(10)), (model.FirstTokenTimeout, model.TotalTimeout));
        var route = model.Client.GetService<RoutedChatClient>()!.Route;
        Assert.Equal((TimeSpan.FromSeconds(30), 5, TimeSpan.FromSeconds(10)), (route.Budget, route.Own.Attempts, route.Own.FirstTokenTimeout));
        Assert.Equal(["gpt", "local", "demo"], route.Models.Select(each => each.Name));
        Assert.Equal(
            [("gpt/1", "http://localhost:1/v1", "gpt-5", 1), ("gpt/2", "http://localhost:2/v1", "mine", 3)],
            route.Own.Endpoints.Select(each =>
            {
                var metadata = each.Endpoint.Client.GetService<ChatClientMetadata>()!;
                return (each.Endpoint.Name, metadata.ProviderUri!.AbsoluteUri, metadata.DefaultModelId!, each.Weight);
            }));
    }

    [Fact]
    public void TakeOver_SaysWhetherAModelContinues_WhereNothingElseDoes()
    {
        using var provider = Build(
        [
            ("Models:a:Provider", "openai"), ("Models:a:Endpoint", "http://localhost/v1"), ("Models:a:TakeOver", "Continue"),
            ("Models:b:Provider", "openai"), ("Models:b:Endpoint", "http://localhost/v1"), ("Models:b:TakeOver", "Interrupt"), ("Models:b:Capabilities:Continuation", "true"),
            ("Models:c:Provider", "openai"), ("Models:c:Endpoint", "http://localhost/v1"),
        ]);

        Assert.Equal(
            [("demo", TakeOver.Continue, true), ("a", TakeOver.Continue, true), ("b", TakeOver.Interrupt, true), ("c", TakeOver.Restart, false)],
            provider.GetRequiredService<IModelCatalog>().Models.Select(model => (model.Info.Id, model.TakeOver, model.Capabilities.Continuation)));
    }

    private static IEnumerable<string> Names(ServiceProvider provider) =>
        provider.GetRequiredService<IModelCatalog>().Models.Select(model => model.Info.Id);

    private static (string? Endpoint, string? Model) Upstream(ServiceProvider provider, string name)
    {
        Assert.True(provider.GetRequiredService<IModelCatalog>().TryGet(name, out var model));
        var metadata = model.Client.GetService<ChatClientMetadata>();
        return (metadata?.ProviderUri?.AbsoluteUri, metadata?.DefaultModelId);
    }

    private static ServiceProvider Build(IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddModels(configuration)
            .BuildServiceProvider();
    }
}
