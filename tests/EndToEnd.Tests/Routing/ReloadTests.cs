using System.Text.Json;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Routing;

/// <summary>A running product whose configuration file changes: the one of an environment of its own, beside the program.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string Key = "sk-zebra-key-4712";

    private readonly TemporaryDirectory directory = new();
    private readonly string environment = $"test-{Guid.NewGuid():N}";
    private ModelServer one = null!;
    private ModelServer two = null!;

    private string SettingsFile => Path.Combine(ProgramProcess.DirectoryOf("OrleansChat.Api.dll"), $"appsettings.{environment}.json");

    public async Task InitializeAsync()
    {
        one = await ModelServer.StartAsync();
        two = await ModelServer.StartAsync();
        two.Default = ModelScript.Reply("from", " two");
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        File.Delete(SettingsFile);
        directory.Dispose();
    }

    [Fact]
    public async Task New_replies_follow_the_file_and_running_ones_what_they_began_with()
    {
        var gate = new Gate();
        one.Enqueue(ModelScript.Stream.Text("from").Wait(gate).Text(" one").Finish().Done());
        await WriteAsync(Models(one));
        await using var product = await StartAsync();
        var conversation = await product.Api.CreateAsync();
        using var running = await product.Api.SendAndFollowAsync(conversation, "go");
        await running.UntilAsync("reply.delta");

        await WriteAsync(Models(two));
        await product.WaitForLogAsync("was read again");
        using var next = await product.Api.SendAndFollowAsync(await product.Api.CreateAsync(), "go");
        await next.ToEndAsync();
        gate.Open();
        await running.ToEndAsync();

        Assert.Equal(("from one", "from two"), (running.Text, next.Text));
        Assert.Equal(("reply.completed", "reply.completed"), (running.Events[^1].Type, next.Events[^1].Type));
        Assert.Equal((1, 1), (one.Requests.Count, two.Requests.Count));
        Assert.DoesNotContain(Key, product.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_changes_nothing_and_is_told_with_its_key_and_line()
    {
        await WriteAsync(Models(one));
        await using var product = await StartAsync();

        await WriteAsync($$"""
            {
              "Models": {
                "main": { "Provider": "openai", "Endpoint": "{{two.Endpoint}}",
                  "ApiKey": "{{Key}} {{Key}}" }
              }
            }
            """);
        await product.WaitForLogAsync($"Models:main:ApiKey must consist of visible ASCII characters, without spaces or line breaks. ({Path.GetFileName(SettingsFile)}, line 4)");
        await AskAsync(product, "Hello, world!");

        await WriteAsync("{\n  \"Models\": {\n");
        await product.WaitForLogAsync("line 3 is no JSON");
        await AskAsync(product, "Hello, world!");

        await WriteAsync(Models(two));
        await product.WaitForLogAsync("was read again");
        await AskAsync(product, "from two");
        Assert.Equal((2, 1), (one.Requests.Count, two.Requests.Count));
        Assert.DoesNotContain(Key, product.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"Models\": {\n    \"main\": ,\n", "line 3 is no JSON")]
    [InlineData("{\n  \"Models\": {\n    \"main\": { \"Provider\": \"bard\" } } }", "Models:main:Provider is unknown; allowed are demo, openai, openai-responses, anthropic. (")]
    public async Task What_is_wrong_at_the_start_stops_it(string json, string told)
    {
        await WriteAsync(json);

        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);

        Assert.Contains(stopped.Message.Split('\n'), line => line.Contains(told, StringComparison.Ordinal) && line.Contains(Path.GetFileName(SettingsFile), StringComparison.Ordinal));
    }

    private static string Models(ModelServer server) => JsonSerializer.Serialize(new
    {
        Models = new { Default = "main", main = new { Provider = "openai", server.Endpoint, ApiKey = Key } },
    });

    private static async Task AskAsync(ProductProcess product, string text)
    {
        using var reader = await product.Api.SendAndFollowAsync(await product.Api.CreateAsync(), "go");
        await reader.ToEndAsync();
        Assert.Equal(("reply.completed", text), (reader.Events[^1].Type, reader.Text));
    }

    private Task<ProductProcess> StartAsync() =>
        ProductProcess.StartAsync(directory.Path, ("ASPNETCORE_ENVIRONMENT", environment));

    // In one step, as whatever writes configuration files with care does.
    private async Task WriteAsync(string json)
    {
        var next = Path.Combine(directory.Path, "next.json");
        await File.WriteAllTextAsync(next, json);
        File.Move(next, SettingsFile, overwrite: true);
    }
}
