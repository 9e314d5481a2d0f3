using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>An endpoint of a model: its client, and what is known of its health. Lives until nobody uses it any more.</summary>
/// <param name="name">What logs call it: the model's name and the endpoint's number. Addresses are nobody's business.</param>
/// <param name="client">Its client, which becomes this endpoint's to dispose of.</param>
/// <param name="circuit">Its circuit.</param>
internal sealed class ModelEndpoint(string name, IChatClient client, CircuitBreaker circuit)
{
    // Whoever has just looked a model up is about to ask it.
    private static readonly TimeSpan Farewell = TimeSpan.FromMinutes(1);

    private string? place;
    private int users = 1;

    /// <summary>What logs call it.</summary>
    public string Name => name;

    /// <summary>
    /// What tells it from all others also where the configuration has changed: a response that is produced at one address must never be asked
    /// for at another. The address itself is nobody's business.
    /// </summary>
    public string Place => place ??=
        $"{name}@{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{client.GetService<ChatClientMetadata>()?.ProviderUri}")), 0, 4)}";

    /// <summary>How to ask it.</summary>
    public IChatClient Client => client;

    /// <summary>Whether to ask it.</summary>
    public CircuitBreaker Circuit => circuit;

    /// <summary>A reply may ask it from now on.</summary>
    public void Enter() => Interlocked.Increment(ref users);

    /// <summary>That reply will not any more.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            client.Dispose();
        }
    }

    /// <summary>The configuration does not have it any more. Replies that began with it go on.</summary>
    public async Task RetireAsync(TimeProvider time)
    {
        await Task.Delay(Farewell, time);
        Exit();
    }
}
