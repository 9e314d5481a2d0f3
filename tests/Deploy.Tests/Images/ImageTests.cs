using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>Images boot.</summary>
public class ImageTests
{
    [ContainerFact]
    public async Task An_API_alone_serves_and_keeps_its_conversations_in_the_one_directory_that_it_may_write_to()
    {
        using var image = await Image.PublishAsync("Api");
        using var data = new TemporaryDirectory();
        await Tool.RunAsync("chown", $"{Container.User}", data.Path);
        var port = FreePort.Next();
        (string, string)[] settings = [("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("Storage__Path", "/data")];
        using var api = new ChatApi(new Uri($"http://127.0.0.1:{port}"));
        string conversation;
        await using (var container = Container.Start(image, data.Path, settings))
        {
            await container.ReadyAsync(api);
            conversation = await api.CreateAsync();
            using var reader = await api.SendAndFollowAsync(conversation, "hello [demo: tokens=5 rate=500]");
            await reader.ToEndAsync();
            Assert.Equal("reply.completed", reader.Events[^1].Type);
            Assert.Equal(0, await container.StopAsync());
        }

        await using var next = Container.Start(image, data.Path, settings);
        await next.ReadyAsync(api);
        Assert.Equal("completed", (await api.LastMessageAsync(conversation)).GetProperty("status").GetString());
    }

    [ContainerFact]
    public async Task As_it_is_it_listens_everywhere_and_lets_in_only_who_has_a_key_that_the_image_itself_makes()
    {
        using var image = await Image.PublishAsync("Api");
        using var data = new TemporaryDirectory();
        await Tool.RunAsync("chown", $"{Container.User}", data.Path);
        var port = FreePort.Next();
        (string, string)[] settings = [("ASPNETCORE_HTTP_PORTS", $"{port}"), ("Storage__Path", "/data"), (KnownSettings.SignIn, "true")];
        await using var container = Container.Start(image, data.Path, settings);
        using var nobody = new ChatApi(new Uri($"http://127.0.0.1:{port}"));
        await container.ReadyAsync(nobody);
        await nobody.GetAsync("/conversations", System.Net.HttpStatusCode.Unauthorized);

        await using var command = Container.Start(image, data.Path, settings, "keys", "add", "--owner", "alice");
        await command.Ended.WaitAsync(2 * TestLimits.Signal);

        var key = command.Log.Split('\n').Single(line => line.StartsWith("oc_", StringComparison.Ordinal)).Trim();
        using var alice = new ChatApi(new Uri($"http://127.0.0.1:{port}"), key);
        Assert.Equal("alice", (await alice.GetAsync("/session")).GetProperty("owner").GetString());
    }

    [ContainerFact]
    public async Task Nowhere_else_can_it_write()
    {
        using var image = await Image.PublishAsync("Api");
        await using var container = Container.Start(image, null, ("Storage__Path", "/app/data"));
        await container.Ended.WaitAsync(2 * TestLimits.Signal);

        Assert.Contains("Read-only file system", container.Log, StringComparison.Ordinal);
    }
}
