using System.Net.Sockets;
using OrleansChat.Api.Tests.Documentation;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Edge;

/// <summary>Whoever begins with a burst and then sends no more, so that his rate is a good one for hours.</summary>
public sealed class SlowBodyTests : IAsyncLifetime
{
    // How long an owner's import waits for his one before it.
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(30);

    private KeyedHost host = null!;

    public async Task InitializeAsync() => host = await KeyedHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/session", false)]
    [InlineData("/conversations", true)]
    [InlineData("/conversations/import", true)]
    [InlineData("/v1/responses", true)]
    [InlineData("/api/chat", true)]
    public async Task He_is_not_waited_for(string path, bool hasKey)
    {
        var slow = await host.PostAsync(path, $"{{\"key\":\"{new string('x', 3_000)}", announced: 4_000, hasKey ? host.MakeKey("alice") : null);

        await host.Clock.WaitForTimerAsync(KeyedHost.BodyTimeout);
        host.Clock.Advance(KeyedHost.BodyTimeout);

        var answer = await KeyedHost.ReadAsync(slow);
        Assert.Equal(408, answer.Status);
        Assert.Contains("\r\nConnection: close\r\n", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_stranger_may_send_no_more_than_it_takes_to_tell_a_key()
    {
        var answer = await KeyedHost.ReadAsync(await host.PostAsync("/session", "", announced: 4_097));

        Assert.Equal((413, "too_large"), (answer.Status, answer.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Strangers_who_send_no_more_keep_nobody_out()
    {
        for (var i = 0; i < KeyedHost.Connections; i++)
        {
            await host.PostAsync("/session", "{\"key\":\"", announced: 4_000);
        }

        await Waiting.ForAsync(() => host.Clock.PendingTimersDueIn(KeyedHost.BodyTimeout) == KeyedHost.Connections);

        Assert.Equal(200, (await host.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Imports_that_do_not_come_keep_only_their_owner_waiting()
    {
        var alice = host.MakeKey("alice");
        var slow = new List<Socket>();
        for (var i = 0; i < 5; i++)
        {
            slow.Add(await host.PostAsync("/conversations/import", "{", announced: 4_000, alice));
        }

        // One is read, and the others wait for that.
        await Waiting.ForAsync(() => (host.Clock.PendingTimersDueIn(KeyedHost.BodyTimeout), host.Clock.PendingTimersDueIn(TurnPatience)) == (1, 4));
        var other = await KeyedHost.ReadAsync(await host.PostAsync("/conversations/import", "{}", announced: 2, host.MakeKey("bob")));
        Assert.Equal((400, "invalid_import"), (other.Status, other.Json.GetProperty("code").GetString()));

        var reading = slow.Select(KeyedHost.ReadAsync).ToList();
        host.Clock.Advance(TurnPatience);
        await Waiting.ForAsync(() => reading.Count(each => each.IsCompleted) == 4);
        host.Clock.Advance(KeyedHost.BodyTimeout - TurnPatience);
        var answers = await Task.WhenAll(reading);

        Assert.Equal((1, 4), (answers.Count(answer => answer.Status == 408), answers.Count(answer => answer.Status == 503)));
        var busy = answers.First(answer => answer.Status == 503);
        Assert.Equal("busy", busy.Json.GetProperty("code").GetString());
        Assert.Contains("\r\nRetry-After: 2\r\n", busy.Head, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Where nobody signs in there is nothing to send.</summary>
public sealed class LocalSessionTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task No_key_is_waited_for()
    {
        using var socket = await new RawHttp(host.Address).ConnectAsync();
        await socket.SendAsync("POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n"u8.ToArray());

        // The server goes on to wait for the body after its answer, for a while.
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        var head = new byte["HTTP/1.1 400".Length];
        await socket.ReceiveAsync(head, limit.Token);
        Assert.Equal("HTTP/1.1 400"u8, head);
    }
}
