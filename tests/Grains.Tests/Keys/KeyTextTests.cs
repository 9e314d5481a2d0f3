using System.Buffers.Text;
using OrleansChat.Conversations;
using OrleansChat.Keys;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Keys;

public class KeyTextTests
{
    private static readonly ManualTimeProvider Clock = new();

    [Fact]
    public void A_key_has_its_id_in_it_and_256_bits_that_no_other_has()
    {
        var texts = Enumerable.Range(0, 1_000).Select(_ => KeyText.Make(out var _)).ToArray();

        Assert.Equal(texts.Length, texts.Select(text => text[16..]).Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text =>
        {
            Assert.True(KeyText.TryReadId(text, out var id));
            Assert.Equal($"oc_{id}_", text[..16]);
            Assert.Equal(32, Base64Url.DecodeFromChars(text.AsSpan(16)).Length);
        });
    }

    [Fact]
    public void Only_the_key_itself_is_held_by_its_holder()
    {
        var (text, key) = ApiKey.Make("x", OwnerId.Local, Scope.Write, null, Clock);

        Assert.True(key.IsHeldBy(text));
        for (var i = 0; i < text.Length; i++)
        {
            var other = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(key.IsHeldBy(other), $"Character {i}");
        }

        Assert.False(key.IsHeldBy(""));
        Assert.False(key.IsHeldBy(text + "="));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("oc_")]
    [InlineData("oc_0123456789ab")]
    [InlineData("sk_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_0123456789aB_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_../../../etc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_0123456789ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("oc_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    public void What_is_no_key_is_not_looked_for(string? text) => Assert.False(KeyText.TryReadId(text, out _));

    [Fact]
    public void A_key_works_until_it_expires_or_is_revoked()
    {
        var now = Clock.GetUtcNow();
        var key = ApiKey.Make("x", OwnerId.Local, Scope.Write, now.AddHours(1), Clock).Key;

        Assert.True(key.IsGood(now));
        Assert.True(key.IsGood(now.AddHours(1).AddTicks(-1)));
        Assert.False(key.IsGood(now.AddHours(1)));
        Assert.False((key with { RevokedAt = now }).IsGood(now));
        Assert.True((key with { ExpiresAt = null }).IsGood(now.AddYears(100)));
    }

    [Theory]
    [InlineData("read", Scope.Read)]
    [InlineData("write", Scope.Read | Scope.Write)]
    [InlineData("admin", Scopes.All)]
    [InlineData("read,admin", Scopes.All)]
    public void A_scope_includes_the_ones_before_it(string words, Scope expected)
    {
        Assert.True(Scopes.TryParse(words.Split(','), out var scopes));
        Assert.Equal(expected, scopes);
        Assert.True(Scopes.TryParse(scopes.ToWords(), out var again));
        Assert.Equal(expected, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Read")]
    [InlineData("read,")]
    [InlineData("everything")]
    public void Other_words_are_no_scopes(string words) => Assert.False(Scopes.TryParse(words.Split(','), out _));
}
