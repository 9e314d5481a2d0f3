using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Api.Tests.Authentication;
using OrleansChat.Api.Tests.Documentation;
using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Keys;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Edge;

/// <summary>An API node over real Kestrel where callers sign in by keys, with little room, and by a clock that the tests move. Of a cluster there are the keys only.</summary>
public sealed class KeyedHost : IAsyncDisposable
{
    /// <summary>How many connections it takes.</summary>
    public const int Connections = 12;

    /// <summary>How long it waits for a body.</summary>
    public static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(47);

    private readonly FakeKeys keys = new();
    private readonly List<Socket> sockets = [];
    private WebApplication app = null!;

    /// <summary>Its clock.</summary>
    public ManualTimeProvider Clock { get; } = new();

    private RawHttp Raw => new(new Uri(app.Urls.Single()));

    /// <summary>Starts one.</summary>
    public static async Task<KeyedHost> StartAsync()
    {
        var host = new KeyedHost();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Authentication:Keys"] = "true";
        builder.Configuration["Limits:Connections"] = $"{Connections}";
        builder.Configuration["Limits:BodyTimeout"] = $"{BodyTimeout}";

        // The rate is looked at by another clock.
        builder.Configuration["Limits:BodyGrace"] = "00:05:00";
        foreach (var limit in new[] { "RequestsPerMinute", "ConcurrentReplies", "Connections" })
        {
            builder.Configuration[$"Limits:Owner:{limit}"] = "0";
        }

        builder.Services.AddSingleton(DispatchProxy.Create<IClusterClient, Absent>());
        builder.Services.AddSingleton(host.keys.Grains);
        builder.AddApi();
        builder.Services.AddSingleton<TimeProvider>(host.Clock);
        host.app = builder.Build();
        host.app.MapApi();
        await host.app.StartAsync();
        return host;
    }

    /// <summary>Makes a key.</summary>
    public string MakeKey(string owner)
    {
        var (text, key) = ApiKey.Make(owner, OwnerId.TryParse(owner, out var id) ? id : throw new FormatException(owner), Scope.Write, expiresAt: null, Clock);
        keys.Keys[key.Id] = key;
        return text;
    }

    /// <summary>Begins a POST with a body of JSON, of which less may come than was announced.</summary>
    public async Task<Socket> PostAsync(string path, string sent, int announced, string? key = null)
    {
        var socket = await Raw.ConnectAsync();
        sockets.Add(socket);
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {Raw.Host}\r\n{authorization}Content-Type: application/json\r\nContent-Length: {announced}\r\n\r\n{sent}"));
        return socket;
    }

    /// <summary>Reads an answer.</summary>
    public static async Task<RawAnswer> ReadAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        return await RawHttp.ReadAsync(socket, limit.Token);
    }

    /// <summary>Asks for something on a connection of its own.</summary>
    public Task<RawAnswer> GetAsync(string path) =>
        Raw.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Raw.Host}\r\nConnection: close\r\n\r\n"), TestLimits.Signal);

    public async ValueTask DisposeAsync()
    {
        sockets.ForEach(socket => socket.Dispose());
        await app.DisposeAsync();
    }
}
