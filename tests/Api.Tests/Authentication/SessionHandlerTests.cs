using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.OwnerFeeds;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>What makes a session.</summary>
public sealed class SessionHandlerTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly FakeKeys cluster = new();
    private readonly KnownKeys keys;
    private readonly Sealer sealer;
    private readonly string text;
    private readonly ApiKey key;

    public SessionHandlerTests()
    {
        (text, key) = ApiKey.Make("x", OwnerId.Local, Scopes.All, null, clock);
        cluster.Keys[key.Id] = key;
        var node = NodeId.New();
        var open = new OpenStreams(
            new ConversationFeeds(_ => throw new NotSupportedException(), new FeedNumbers(node), clock), new OwnerFeedRegistry(_ => throw new NotSupportedException(), new FeedNumbers(node), clock));
        keys = new KnownKeys(cluster.Grains, Options.Create(new SignInOptions()), clock, open, NullLogger<KnownKeys>.Instance);
        sealer = new Sealer(new EphemeralDataProtectionProvider(), clock);
    }

    public void Dispose() => keys.Dispose();

    // What passes are sealed with lies beside the hashes of keys. Here is somebody who has both.
    [Fact]
    public async Task Whoever_has_all_that_is_stored_cannot_make_one()
    {
        var (other, _) = ApiKey.Make("y", OwnerId.Local, Scopes.All, null, clock);
        var guess = $"oc_{key.Id}_{new string('A', 43)}";

        Assert.Null(await FindAsync(shown: null));
        Assert.Null(await FindAsync(shown: ""));
        Assert.Null(await FindAsync(shown: key.Id));
        Assert.Null(await FindAsync(shown: guess));
        Assert.Null(await FindAsync(shown: Convert.ToBase64String(key.Hash.AsSpan())));
        Assert.Null(await FindAsync(shown: other));
    }

    [Fact]
    public async Task Whoever_has_shown_the_key_is_let_in_until_it_is_revoked()
    {
        var caller = await FindAsync(shown: text);

        Assert.Equal((OwnerId.Local, Scopes.All, SignedInBy.Session, key.Id), (caller!.Owner, caller.Scopes, caller.SignedInBy, caller.KeyId));
        cluster.Keys[key.Id] = key with { RevokedAt = clock.GetUtcNow() };
        clock.Advance(new SignInOptions().Recheck);
        Assert.Null(await FindAsync(shown: text));
    }

    [Fact]
    public void It_tells_nobody_what_it_shows() => Assert.DoesNotContain(text, $"{Pass(text)}", StringComparison.Ordinal);

    private SealedPass Pass(string? shown) =>
        new(SignedInBy.Session, key.Owner.Value, key.Id, clock.GetUtcNow().AddDays(1), Shown: shown);

    private Task<CallerIdentity?> FindAsync(string? shown)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"orleanschat-session={sealer.Seal(Pass(shown))}";
        return SignInTrial.FindCallerAsync(context, (options, loggers, encoder) => new SessionHandler(options, loggers, encoder, sealer, keys));
    }
}
