using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Models;
using OrleansChat.Models.Routing;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models;

/// <summary>A host with a configuration file of its own that changes, and keys in files.</summary>
public sealed class ModelReloadTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly CollectedLogs logs = new();
    private readonly ManualTimeProvider time = new();
    private IHost host = null!;
    private ModelServer server = null!;

    private string SettingsFile => Path.Combine(directory.Path, "appsettings.json");

    private string KeyFile => Path.Combine(directory.Path, "key");

    private IModelCatalog Catalog => host.Services.GetRequiredService<IModelCatalog>();

    public async Task InitializeAsync()
    {
        server = await ModelServer.StartAsync();
        await File.WriteAllTextAsync(KeyFile, "sk-first\n");
        await WriteAsync(new { gpt = new { Provider = "openai", server.Endpoint, ApiKeyFile = KeyFile } });
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.SetBasePath(directory.Path).AddJsonFile("appsettings.json", optional: true, reloadOnChange: true);
        builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddModels(builder.Configuration);
        host = builder.Build();
        await host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await server.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task ChangedFile_IsFollowed_AndWhatDidNotChangeStays()
    {
        var (before, model) = (EndpointOf("gpt"), Find("gpt"));

        await WriteAsync(new
        {
            gpt = new { Provider = "openai", server.Endpoint, ApiKeyFile = KeyFile, SilenceTimeout = "00:00:07", ConnectTimeout = "00:00:10" },
            other = new { Provider = "demo" },
        });
        await logs.HasAsync("read again");

        Assert.Equal(["demo", "gpt", "other"], Catalog.Models.Select(each => each.Info.Id));
        Assert.Equal(TimeSpan.FromSeconds(7), Find("gpt").SilenceTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), model.SilenceTimeout);
        Assert.NotSame(before, EndpointOf("gpt"));
        Assert.Equal("Hello, world!", (await CollectedReply.AskAsync(model.Client, "Hi")).Text);

        var kept = EndpointOf("gpt");
        await WriteAsync(new
        {
            gpt = new
            {
                Provider = "openai", server.Endpoint, ApiKeyFile = KeyFile, SilenceTimeout = "00:00:07", ConnectTimeout = "00:00:10", Fallbacks = "demo",
            },
        });
        await logs.HasAsync("read again", times: 2);

        Assert.Same(kept, EndpointOf("gpt"));
        Assert.Equal(["gpt", "demo"], Find("gpt").Client.GetService<RoutedChatClient>()!.Route.Models.Select(each => each.Name));
    }

    [Fact]
    public async Task MistakeInAChangedFile_ChangesNothing_AndIsToldWithKeyAndLine()
    {
        var before = Find("gpt");

        await File.WriteAllTextAsync(SettingsFile, "{\n  \"Models\": {\n    \"gpt\": {\n      \"Provider\": \"bard\"\n    }\n  }\n}\n");
        await logs.HasAsync("Models:gpt:Provider is unknown; allowed are demo, openai, openai-responses, anthropic. (appsettings.json, line 4)");

        Assert.Same(before, Find("gpt"));
        Assert.Equal(LogLevel.Error, logs.LevelOf("Models:gpt:Provider"));
    }

    [Fact]
    public async Task BrokenFile_ChangesNothing_IsToldWithItsLine_AndIsFollowedOnceItIsWhole()
    {
        var before = Find("gpt");

        await File.WriteAllTextAsync(SettingsFile, "{\n  \"Models\": {\n    \"gpt\": oops\n  }\n}\n");
        await logs.HasAsync("line 3 is no JSON");

        // .NET has nothing of the file any more; a key that changes now must not make that count.
        await File.WriteAllTextAsync(KeyFile, "sk-second");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(before, Find("gpt"));

        await WriteAsync(new { mended = new { Provider = "demo" } });
        await logs.HasAsync("read again");
        Assert.Equal(["demo", "mended"], Catalog.Models.Select(each => each.Info.Id));
    }

    [Fact]
    public async Task ChangedKey_GoesWithNewRequests()
    {
        await CollectedReply.AskAsync(Find("gpt").Client, "Hi");
        await File.WriteAllTextAsync(KeyFile, "sk-second");
        time.Advance(TimeSpan.FromSeconds(5));
        await CollectedReply.AskAsync(Find("gpt").Client, "Hi");

        Assert.Equal(["Bearer sk-first", "Bearer sk-second"], server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task KeyFileThatGoes_ChangesNothing_AndIsToldOnce()
    {
        File.Delete(KeyFile);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(1, logs.Count("Models:gpt:ApiKeyFile must name a file"));
        await CollectedReply.AskAsync(Find("gpt").Client, "Hi");
        Assert.Equal("Bearer sk-first", server.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task EndpointThatLeaves_IsDisposedOf_WhenItsLastReplyHasEnded()
    {
        var gate = new Gate();
        server.Enqueue(ModelScript.Stream.Text("a").Wait(gate).Text("b").Finish().Done());
        var old = Find("gpt").Client;
        var running = CollectedReply.AskAsync(old, "Hi");
        await gate.Reached.WaitAsync(TestLimits.Signal);
        await WriteAsync(new { other = new { Provider = "demo" } });
        await logs.HasAsync("read again");
        time.Advance(TimeSpan.FromMinutes(1));

        gate.Open();

        Assert.Equal("ab", (await running).Text);
        await Assert.ThrowsAnyAsync<Exception>(() => CollectedReply.AskAsync(old, "Hi"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Keys_AreNowhereInTheLog()
    {
        await File.WriteAllTextAsync(KeyFile, "sk-first sk-second");
        time.Advance(TimeSpan.FromSeconds(5));
        server.Default = ModelScript.Status(401, """{"error":{"message":"Wrong key sk-first","code":"sk-first.bad key"}}""");
        await CollectedReply.AskAsync(Find("gpt").Client, "Hi");

        Assert.Equal(1, logs.Count("Models:gpt:ApiKeyFile must consist of visible ASCII characters"));
        Assert.Equal(0, logs.Count("sk-"));
    }

    private Model Find(string name)
    {
        Assert.True(Catalog.TryGet(name, out var model));
        return model;
    }

    private ModelEndpoint EndpointOf(string name) => Find(name).Client.GetService<RoutedChatClient>()!.Route.Own.Endpoints[0].Endpoint;

    // In one step, as whatever writes configuration files with care does.
    private async Task WriteAsync(object models)
    {
        var next = Path.Combine(directory.Path, "next");
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(new { Models = models }));
        File.Move(next, SettingsFile, overwrite: true);
    }
}
