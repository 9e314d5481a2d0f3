using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Testing.Models;
using Xunit;

namespace OrleansChat.Testing.Product;

/// <summary>
/// The product as <see cref="ProductFixture"/> has it, but that every request needs a key: the first one was made by the command, the others by
/// its holder; or a proxy says who its callers are. What is revoked stops working within <see cref="Recheck"/>.
/// </summary>
public sealed class KeyedProduct : IAsyncLifetime
{
    /// <summary>Within which time keys that are revoked stop working here.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(400);

    private const string ProxySecret = "a-proxy-secret-that-only-this-test-knows";

    private readonly TemporaryDirectory directory = new();
    private readonly ConcurrentBag<ChatApi> clients = [];

    /// <summary>The product; its own client has no key.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <summary>The model behind it.</summary>
    public ModelServer Model { get; private set; } = null!;

    /// <summary>A client of an administrator, whose owner is <c>root</c>.</summary>
    public ChatApi Admin { get; private set; } = null!;

    /// <summary>The administrator's key.</summary>
    public string AdminKey { get; private set; } = null!;

    /// <summary>Where its store is, as the command needs it.</summary>
    public (string Name, string Value)[] Store => [("Storage__Path", directory.Path)];

    /// <summary>A client with a key.</summary>
    public ChatApi With(string? key)
    {
        var client = new ChatApi(Product.Address, key);
        clients.Add(client);
        return client;
    }

    /// <summary>A client of an owner, with a key of his own.</summary>
    public async Task<ChatApi> ForAsync(string owner, params string[] scopes) => With((await MakeKeyAsync(owner, scopes)).Text("key")!);

    /// <summary>A client of an owner whom a browser's session signs in, which a key of his own began.</summary>
    public async Task<ChatApi> SignInAsync(string owner) => await SignInAsync(await MakeKeyAsync(owner));

    /// <summary>A client whom a browser's session signs in.</summary>
    /// <param name="key">The key that begins it, as it was told of when it was made.</param>
    public async Task<ChatApi> SignInAsync(JsonElement key)
    {
        using var signedIn = await Product.Api.Http.PostAsJsonAsync("/session", new { key = key.Text("key") });
        var client = With(key: null);
        client.Http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }

    /// <summary>A client of an owner whom the proxy names; or somebody else does.</summary>
    public ChatApi Proxied(string owner, string? secret = ProxySecret)
    {
        var client = With(key: null);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-User", owner);
        if (secret is not null)
        {
            client.Http.DefaultRequestHeaders.Add("X-Proxy-Secret", secret);
        }

        return client;
    }

    /// <summary>Makes a key, and returns what is told of it.</summary>
    public Task<JsonElement> MakeKeyAsync(string owner, params string[] scopes) =>
        Admin.PostAsync("/keys", new { owner, scopes = scopes.Length == 0 ? ["write"] : scopes }, HttpStatusCode.Created);

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Model = await ModelServer.StartAsync();
        AdminKey = await KeysTool.AddAsync(Store, "root", "admin");
        Product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. ProductFixture.SettingsFor(Model),
                ("Authentication__Recheck", $"{Recheck}"),
                ("Authentication__Proxy__Networks", "127.0.0.0/8,::1/128"),
                ("Authentication__Proxy__Secret", ProxySecret),

                // Many tests have one owner make all of their requests within a minute.
                ("Limits__Owner__RequestsPerMinute", "0"),
                ("Limits__Owner__ConcurrentReplies", "0"),
                ("Limits__Owner__Connections", "0"),
            ]);
        Admin = With(AdminKey);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }

        await Product.DisposeAsync();
        await Model.DisposeAsync();
        directory.Dispose();
    }
}
