using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Tests.Clients;

public sealed class EventSourceTests : IAsyncLifetime
{
    private readonly Queue<RequestDelegate> answers = new();
    private readonly List<string> asked = [];
    private readonly List<Frame> heard = [];
    private readonly ClientStatistics stats = new();
    private readonly WebApplication server = Create();
    private Uri address = null!;

    public async Task InitializeAsync()
    {
        server.Run(async context =>
        {
            asked.Add($"{context.Request.QueryString} {context.Request.Headers["Last-Event-ID"]}".TrimEnd());
            await answers.Dequeue()(context);
        });
        await server.StartAsync();
        address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Task DisposeAsync() => server.DisposeAsync().AsTask();

    [Fact]
    public async Task It_comes_back_with_its_cursor_after_ends_and_cuts_until_204()
    {
        answers.Enqueue(Say("retry: 1\n\nid: 4\ndata: a\n\n"));
        answers.Enqueue(Say("id: 5\ndata: b\n\nid: 6\ndata: half", cut: true));
        answers.Enqueue(Say("id: 6\ndata: c\n\n"));
        answers.Enqueue(Status(204));

        await FollowAsync(address);

        Assert.Equal(["4 message a", "5 message b", "6 message c"], heard.Select(frame => frame.ToString()));
        Assert.Equal(["?after=3&until=idle", "?after=3&until=idle 4", "?after=3&until=idle 5", "?after=3&until=idle 6"], asked);
        Assert.Empty(stats.Violations);
        Assert.Equal(3, stats.Reconnects);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(301)]
    public async Task Any_other_status_would_close_it_and_is_told_of(int status)
    {
        answers.Enqueue(Say("retry: 1\n\n"));
        answers.Enqueue(Status(status));
        answers.Enqueue(Status(204));

        await FollowAsync(address);

        Assert.Equal(ViolationKind.StreamClosed, Assert.Single(stats.Violations).Kind);
    }

    [Fact]
    public async Task Another_content_type_would_close_it_too()
    {
        answers.Enqueue(Say("retry: 1\n\n"));
        answers.Enqueue(context => context.Response.WriteAsJsonAsync("hello"));
        answers.Enqueue(Status(204));

        await FollowAsync(address);

        Assert.Equal(ViolationKind.StreamClosed, Assert.Single(stats.Violations).Kind);
    }

    [Fact]
    public async Task What_is_no_event_stream_is_told_of()
    {
        answers.Enqueue(Say("retry: 1\n\nhello\n\n"));
        answers.Enqueue(Status(204));

        await FollowAsync(address);

        Assert.Equal(ViolationKind.BrokenStream, Assert.Single(stats.Violations).Kind);
    }

    [Fact]
    public async Task Who_finds_a_node_dead_is_sent_to_the_next()
    {
        answers.Enqueue(Status(204));

        await FollowAsync(Nobody(), address);

        Assert.Single(asked);
        Assert.Equal(0, stats.Reconnects);
    }

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static RequestDelegate Say(string text, bool cut = false) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
        if (cut)
        {
            throw new InvalidOperationException("Cut off on purpose.");
        }
    };

    private async Task FollowAsync(params Uri[] nodes)
    {
        using var api = new ApiNodes(nodes, "none");
        await new EventSource(api, "c", "until=idle", 0, stats).RunAsync(3, heard.Add, CancellationToken.None);
    }
}
