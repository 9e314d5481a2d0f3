using System.Collections.Immutable;
using OrleansChat.Keys;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>The cluster's keys, as its grains have them.</summary>
public sealed class FakeKeys : IKeysGrain, ISigningKeysGrain
{
    private readonly Lock gate = new();
    private readonly List<SigningKey> signing = [];

    /// <summary>The keys.</summary>
    public Dictionary<string, ApiKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a key was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>How many ask now.</summary>
    public int Asking { get; private set; }

    /// <summary>How often a use was told.</summary>
    public int Uses { get; private set; }

    /// <summary>Whether nobody answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>What answers wait for.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>What happens after the signing keys have been read.</summary>
    public Action AfterReading { get; set; } = () => { };

    /// <summary>The signing keys.</summary>
    public IReadOnlyList<SigningKey> Signing => signing;

    /// <summary>Where these grains are.</summary>
    public IGrainFactory Grains => FakeGrains.Of(this);

    public Task<bool> Any() => Task.FromResult(Keys.Count > 0);

    public async Task<ApiKey?> Find(string id)
    {
        // As a grain's, the answer takes its time.
        await Task.Yield();
        lock (gate)
        {
            Asking++;
        }

        await Answering;
        lock (gate)
        {
            Asking--;
            Asked++;
            return IsAway ? throw new TimeoutException("away") : Keys.GetValueOrDefault(id);
        }
    }

    public Task<KeyPage> List(int limit, string? after) => throw new NotSupportedException();

    public Task Add(ApiKey key) => throw new NotSupportedException();

    public Task<ApiKey?> Revoke(string id) => throw new NotSupportedException();

    public Task Used(string id)
    {
        Uses++;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<SigningKey>> Read()
    {
        if (IsAway)
        {
            return Task.FromException<ImmutableArray<SigningKey>>(new TimeoutException("away"));
        }

        ImmutableArray<SigningKey> keys = [.. signing];
        AfterReading();
        return Task.FromResult(keys);
    }

    public Task<bool> Add(SigningKey key, int known)
    {
        lock (gate)
        {
            if (known != signing.Count)
            {
                return Task.FromResult(false);
            }

            signing.Add(key);
            return Task.FromResult(true);
        }
    }
}
