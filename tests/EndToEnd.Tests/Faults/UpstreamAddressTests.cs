using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Testing.Faults;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>The product connects to nothing but what its configuration names, whatever endpoints answer and callers send.</summary>
public sealed class UpstreamAddressTests(FaultyModelsFixture fixture) : IClassFixture<FaultyModelsFixture>, IDisposable
{
    private readonly TcpListener elsewhere = Listen();

    public void Dispose() => elsewhere.Dispose();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task An_endpoint_that_points_elsewhere_is_not_followed_there(int status)
    {
        foreach (var model in fixture.Models.DistinctBy(model => model.Recording.Protocol))
        {
            model.Upstream.Enqueue(new RecordedAnswer(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Elsewhere\r\nLocation: http://{elsewhere.LocalEndpoint}/v1/steal\r\nContent-Length: 0\r\n\r\n"), Fault.None, closes: true));
            var conversation = await fixture.Product.Api.CreateAsync(new { model = model.Name });

            using var reader = await fixture.Product.Api.SendAndFollowAsync(conversation, "Hello");
            await reader.ToEndAsync();

            Assert.Equal("reply.failed", reader.Events[^1].Type);
        }

        Assert.False(elsewhere.Pending());
    }

    [Fact]
    public async Task Images_are_told_to_models_and_never_fetched()
    {
        var url = $"https://{elsewhere.LocalEndpoint}/image.png";
        var api = fixture.Product.Api;
        foreach (var model in fixture.Models.DistinctBy(model => model.Recording.Protocol))
        {
            var conversation = await api.CreateAsync(new { model = model.Name });
            using var native = await api.PostAndFollowAsync(
                $"/conversations/{conversation}/messages",
                new { parts = new object[] { new { type = "text", text = "What is this?" }, new { type = "image", url } } });
            await native.ToEndAsync();
            Assert.Contains(url, model.Upstream.Requests[^1].Body.Replace("\\/", "/", StringComparison.Ordinal), StringComparison.Ordinal);

            await api.RequestAsync(HttpMethod.Post, "/v1/chat/completions", new
            {
                model = model.Name,
                messages = new[] { new { role = "user", content = new object[] { new { type = "image_url", image_url = new { url } } } } },
            });
            await api.RequestAsync(HttpMethod.Post, "/v1/responses", new
            {
                model = model.Name,
                input = new[] { new { role = "user", content = new object[] { new { type = "input_image", image_url = url } } } },
            });
            await api.RequestAsync(HttpMethod.Post, "/api/chat", new
            {
                model = model.Name,
                messages = new[] { new { id = "a", role = "user", parts = new object[] { new { type = "file", mediaType = "image/png", url } } } },
            });
        }

        Assert.False(elsewhere.Pending());
    }

    [Theory]
    [InlineData("http://127.0.0.1/image.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("//127.0.0.1/image.png")]
    public async Task Images_by_other_schemes_are_refused(string url)
    {
        var conversation = await fixture.Product.Api.CreateAsync();

        await fixture.Product.Api.PostAsync(
            $"/conversations/{conversation}/messages", new { parts = new object[] { new { type = "image", url } } }, HttpStatusCode.BadRequest);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
