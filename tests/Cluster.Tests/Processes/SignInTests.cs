using System.Net;
using System.Net.Http.Json;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Signing in to a cluster, whose API nodes have no store of their own.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly List<ChatApi> clients = [];
    private PostgresDatabase database = null!;
    private ClusterProcesses cluster = null!;

    private (string, string)[] Store => [("Cluster__Mode", "PostgreSQL"), ("ConnectionStrings__PostgreSQL", database.ConnectionString)];

    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            database = await TestPostgres.CreateDatabaseAsync();
        }
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task What_one_node_makes_every_node_knows_and_what_is_revoked_is_revoked_everywhere()
    {
        // The command makes the tables too. That there is a key is enough for every node to ask for one.
        var admin = await KeysTool.AddAsync(Store, "root", "admin");
        cluster = await ClusterProcesses.StartAsync(
            "sign-in", database.ConnectionString, silos: 2, apis: 2, [("Authentication__Recheck", "00:00:01"), ("Models__demo__TokensPerSecond", "50")]);
        var (one, other) = (cluster.Apis[0], cluster.Apis[1]);
        await one.Api.GetAsync("/conversations", HttpStatusCode.Unauthorized);

        var made = await With(one, admin).PostAsync("/keys", new { owner = "alice" }, HttpStatusCode.Created);
        var (here, there) = (With(one, made.Text("key")), With(other, made.Text("key")));
        var conversation = await here.CreateAsync();
        await there.GetAsync($"/conversations/{conversation}");
        Assert.Contains((await With(other, admin).GetAsync("/keys")).GetProperty("data").EnumerateArray(), key => key.Text("id") == made.Text("id"));

        // What one has sealed the other opens, in whichever order they began to seal.
        foreach (var (from, to) in new[] { (one, other), (other, one) })
        {
            using var signedIn = await from.Api.Http.PostAsJsonAsync("/session", new { key = made.Text("key") });
            using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
            request.Headers.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
            Assert.Equal("alice", (await to.Api.Http.SendAsync(request).ReadJsonAsync()).Json.Text("owner"));

            var ticket = await With(from, made.Text("key")).PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.Created);
            using var read = await to.Api.FollowAsync(conversation, $"ticket={ticket.Text("ticket")}");
            Assert.Equal(HttpStatusCode.OK, read.Status);
        }

        // A reader at each node; the key is revoked at one of them.
        using var near = await here.FollowAsync(conversation);
        using var far = await there.FollowAsync(conversation);
        using var revoked = await With(one, admin).Http.DeleteAsync(new Uri($"/keys/{made.Text("id")}", UriKind.Relative));
        await Task.WhenAll(near.ToEndAsync(), far.ToEndAsync());
        Assert.False(near.WasCut || far.WasCut);
        await Task.WhenAll(UntilRefusedAsync(here), UntilRefusedAsync(there));

        // The key that ends everything is known after a restart of all too.
        var (code, _) = await KeysTool.RunAsync(Store, "revoke", admin);
        Assert.Equal(0, code);
        await UntilRefusedAsync(With(other, admin));
        await other.KillAsync();
        await other.StartAsync();
        await other.Api.GetAsync("/conversations", HttpStatusCode.Unauthorized);
        await With(other, admin).GetAsync("/conversations", HttpStatusCode.Unauthorized);
    }

    private ChatApi With(ApiProcess node, string? key)
    {
        clients.Add(new ChatApi(node.Address, key));
        return clients[^1];
    }

    private static Task UntilRefusedAsync(ChatApi api) => Waiting.ForAsync(async () =>
    {
        using var response = await api.Http.GetAsync(new Uri("/session", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.Unauthorized;
    });
}
