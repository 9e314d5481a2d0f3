using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Deploy.Tests.Proxy;

/// <summary>The proxy of the compose file, before the product's own processes.</summary>
public class ProxyTests
{
    // README: a comment every 15 s.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    [NeedsFact("haproxy")]
    public async Task An_event_arrives_while_the_next_is_still_to_come()
    {
        await using var model = await ModelServer.StartAsync();
        await using var node = await Node.StartAsync(model);
        await using var proxy = await ProxyProcess.StartAsync(node.Address);
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("Hello").Wait(gate).Text(" world").Finish().Usage(1, 2).Done());
        var conversation = await proxy.Api.CreateAsync();

        using var reader = await proxy.Api.SendAndFollowAsync(conversation, "hello");
        var first = await reader.UntilAsync("reply.delta");
        gate.Open();
        await reader.ToEndAsync();

        Assert.Equal("Hello", first.Json.GetProperty("text").GetString());
        Assert.Equal(("Hello world", "reply.completed", false), (reader.Text, reader.Events[^1].Type, reader.WasCut));
    }

    [NeedsFact("haproxy")]
    public async Task A_node_that_dies_or_stops_costs_no_request()
    {
        await using var model = await ModelServer.StartAsync();
        await using var staying = await Node.StartAsync(model);
        foreach (var end in new Func<Node, Task>[] { node => node.KillAsync(), node => node.StopAsync() })
        {
            await using var leaving = await Node.StartAsync(model);
            await using var proxy = await ProxyProcess.StartAsync(leaving.Address, staying.Address);
            using var done = new CancellationTokenSource();

            // Whoever asks in the meantime asks for what may be asked twice.
            var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                var answers = 0;
                for (; !done.IsCancellationRequested; answers++)
                {
                    await proxy.Api.GetAsync("/models");
                }

                return answers;
            })).ToList();
            await end(leaving);

            // A node that is not there hears nothing, so what changes something goes to the other too.
            for (var i = 0; i < 10; i++)
            {
                await proxy.Api.CreateAsync();
            }

            await done.CancelAsync();
            Assert.All(await Task.WhenAll(asking), answers => Assert.NotEqual(0, answers));
        }
    }

    [NeedsFact("haproxy")]
    public async Task Only_what_is_safe_to_ask_twice_is_asked_twice()
    {
        await using var silent = await FaultyNode.StartAsync(context => context.Abort());
        await using var unable = await FaultyNode.StartAsync(context => context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        await using var proxy = await ProxyProcess.StartAsync(silent.Address, unable.Address);

        Assert.InRange(await AskAsync(HttpMethod.Get), HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(4, silent.Heard.Count + unable.Heard.Count);

        Assert.InRange(await AskAsync(HttpMethod.Post), HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable);
        Assert.Single(silent.Heard.Concat(unable.Heard), "POST");

        async Task<HttpStatusCode> AskAsync(HttpMethod method)
        {
            // On a connection of its own: on one that was used before, clients may ask again by themselves.
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(method, new Uri(proxy.Api.Http.BaseAddress!, "/conversations"));
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [NeedsFact("haproxy")]
    public async Task Without_a_node_an_EventSource_is_told_to_come_back_and_others_that_nobody_is_there()
    {
        await using var model = await ModelServer.StartAsync();
        await using var node = await Node.StartAsync(model);
        await using var proxy = await ProxyProcess.StartAsync(node.Address);
        await node.KillAsync();
        await proxy.WaitUntilAsync(ready: false);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream", "retry: 2000\n: no node is ready\n\n"), await AskAsync(HttpMethod.Get));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(HttpMethod.Post)).Status);

        async Task<(HttpStatusCode Status, string? Type, string Body)> AskAsync(HttpMethod method)
        {
            using var request = new HttpRequestMessage(method, new Uri("/conversations/conv_1/events", UriKind.Relative));
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await proxy.Api.Http.SendAsync(request);
            return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        }
    }

    [NeedsFact("haproxy")]
    public async Task What_a_user_says_is_not_logged()
    {
        await using var model = await ModelServer.StartAsync();
        await using var node = await Node.StartAsync(model);
        await using var proxy = await ProxyProcess.StartAsync(node.Address);

        await proxy.Api.Http.GetStringAsync(new Uri("/stream?prompt=confidential", UriKind.Relative));
        await proxy.Api.GetAsync("/models");

        // The second line is there, so the first is.
        await proxy.WaitForLogAsync("GET /models");
        Assert.Contains("GET /stream", proxy.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("confidential", proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_patience_is_longer_than_two_heartbeats_that_do_not_come()
    {
        var timeouts = Repository.Read("deploy/haproxy.cfg").Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["timeout", _, _])
            .ToDictionary(words => words[1], words => TimeSpan.FromSeconds(int.Parse(words[2].TrimEnd('s'), CultureInfo.InvariantCulture)));

        Assert.True(timeouts["client"] > 3 * Heartbeat);
        Assert.True(timeouts["server"] > 3 * Heartbeat);
    }
}
