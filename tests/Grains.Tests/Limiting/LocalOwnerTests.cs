using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;
using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>Whether the owner of a machine of one's own is limited.</summary>
public class LocalOwnerTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly Keys keys = new();

    [Fact]
    public async Task He_is_from_when_there_is_a_key()
    {
        var local = Local(needsKeys: null);
        Assert.False(await IsLimitedAsync(local));
        keys.Any = true;
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await IsLimitedAsync(local));
    }

    [Fact]
    public async Task The_keys_are_asked_for_now_and_then_only_and_no_more_once_there_was_one()
    {
        var local = Local(needsKeys: null);
        await IsLimitedAsync(local);
        await IsLimitedAsync(local);
        Assert.Equal(1, keys.Asked);
        keys.Any = true;
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await IsLimitedAsync(local);
        }

        Assert.Equal(2, keys.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_configured_is_believed(bool needsKeys)
    {
        keys.Any = !needsKeys;

        Assert.Equal(needsKeys, await IsLimitedAsync(Local(needsKeys)));
        Assert.Equal(0, keys.Asked);
    }

    [Fact]
    public async Task For_others_nobody_is_asked()
    {
        Assert.True(OwnerId.TryParse("alice", out var alice));

        Assert.True((await Local(needsKeys: null).LimitsOfAsync(alice, default)).HasOnReplies);
        Assert.Equal(0, keys.Asked);
    }

    private static async Task<bool> IsLimitedAsync(LocalOwner local) => (await local.LimitsOfAsync(OwnerId.Local, default)).HasOnReplies;

    private LocalOwner Local(bool? needsKeys) => new(Options.Create(new LimitOptions()), keys, needsKeys, clock);

    private sealed class Keys : IKeyStore
    {
        public bool Any { get; set; }

        public int Asked { get; private set; }

        public Task<bool> AnyAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Any);
        }

        public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AddAsync(ApiKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ApiKey?> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<SigningKey>> ReadSigningKeysAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> AddSigningKeyAsync(SigningKey key, int known, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
