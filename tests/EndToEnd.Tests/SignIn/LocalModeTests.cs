using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>The product as it comes: nobody signs in, and nobody else can come.</summary>
public class LocalModeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Whoever_is_on_this_machine_is_local_whatever_key_he_shows()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        request.Headers.Add("Authorization", "Bearer unused");
        var (status, me) = await fixture.Api.Http.SendAsync(request).ReadJsonAsync();

        Assert.Equal((200, "local", "local"), (status, me.Text("owner"), me.Text("signed_in_by")));
        Assert.Contains("Nobody signs in", fixture.Product.Log, StringComparison.Ordinal);
    }

    [Fact]
    public Task It_refuses_to_listen_where_others_can_come_and_says_what_can_be_done() => Task.WhenAll(
        new[]
        {
            ("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("ASPNETCORE_HTTP_PORTS", "0"), ("URLS", "http://[::]:0"), ("Kestrel__Endpoints__Web__Url", "http://*:0"),
        }.Select(async setting =>
        {
            using var directory = new TemporaryDirectory();
            await using var program = ProgramProcess.Start("OrleansChat.Api.dll", [("Storage__Path", directory.Path), setting]);
            await program.Ended;

            Assert.NotEqual(0, program.ExitCode);
            Assert.Contains("OrleansChat does not listen at", program.Log, StringComparison.Ordinal);
            Assert.All(
                ["--urls http://localhost:5000", "./run keys add", "Authentication:Keys=true", "Authentication:Proxy:Networks"],
                way => Assert.Contains(way, program.Log, StringComparison.Ordinal));
            Assert.DoesNotContain("Now listening", program.Log, StringComparison.Ordinal);
        }));

    [Fact]
    public async Task A_unix_socket_is_of_this_machine()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "chat.sock");
        await using var program = ProgramProcess.Start(
            "OrleansChat.Api.dll", [("Storage__Path", directory.Path), ("ASPNETCORE_URLS", $"http://unix:{path}")]);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri("http://localhost") };

        await OrleansChat.Testing.Time.Waiting.ForAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status == 200;
            }
            catch (HttpRequestException) when (!program.HasEnded)
            {
                return false;
            }
        });
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1234", true)]
    [InlineData("chat.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9:80", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("evil-localhost", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    public async Task It_answers_only_to_names_of_this_machine(string host, bool isAnswered)
    {
        foreach (var path in new[] { "/conversations", "/session", "/", "/health/ready" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host;
            using var response = await fixture.Api.Http.SendAsync(request);

            Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task To_another_name_each_dialect_says_so_in_its_own_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Host = "evil.example";
        using var response = await fixture.Api.Http.SendAsync(request);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        Assert.Equal("wrong_host", body.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 201)]
    [InlineData("Sec-Fetch-Site", "none", 201)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    public async Task A_page_of_another_site_can_do_nothing(string header, string value, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/conversations");
        request.Headers.Add(header, value);

        Assert.Equal(expected, (await fixture.Api.Http.SendAsync(request).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task Its_own_page_can()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/conversations");
        request.Headers.Add("Origin", fixture.Product.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(201, (await fixture.Api.Http.SendAsync(request).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task Tickets_are_to_be_had_here_too()
    {
        var conversation = await fixture.Api.CreateAsync();
        var ticket = (await fixture.Api.PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.Created)).Text("ticket");

        using var reader = await fixture.Api.FollowAsync(conversation, $"ticket={ticket}");
        Assert.Equal(HttpStatusCode.OK, reader.Status);
        await fixture.Api.GetAsync($"/conversations/{await fixture.Api.CreateAsync()}/events?ticket={ticket}", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Authentication__Proxy__Networks", "10.0.0.0/8", "Authentication:Proxy:Networks and Authentication:Proxy:Secret go together")]
    public async Task A_mistake_in_the_settings_stops_the_start_and_is_named(string name, string value, string message)
    {
        using var directory = new TemporaryDirectory();
        await using var program = ProgramProcess.Start(
            "OrleansChat.Api.dll", [("Storage__Path", directory.Path), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), (name, value)]);
        await program.Ended;

        Assert.NotEqual(0, program.ExitCode);
        Assert.Contains(message, program.Log, StringComparison.Ordinal);
    }
}
