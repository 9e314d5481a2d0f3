using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Limiting;

namespace OrleansChat.Silo.Tests.Hosting;

/// <summary>How limits are configured.</summary>
public class LimitOptionsTests
{
    [Fact]
    public void Who_signs_in_has_limits_and_the_owner_of_a_machine_of_ones_own_has_none()
    {
        var limits = Read();

        Assert.Equal(new OwnerLimits(16, 600, 64, null), limits.For(Owner("alice"), nobodySignsIn: true));
        Assert.Equal(default, limits.For(OwnerId.Local, nobodySignsIn: true));

        // Where people sign in he is one of them.
        Assert.Equal(new OwnerLimits(16, 600, 64, null), limits.For(OwnerId.Local, nobodySignsIn: false));
        Assert.False(limits.For(OwnerId.Local, nobodySignsIn: true) is { HasAtEdge: true } or { HasOnReplies: true });
    }

    [Fact]
    public void One_owner_can_have_other_limits_than_all_and_none_where_it_says_0()
    {
        var limits = Read(
            ("Limits:Owner:RequestsPerMinute", "100"),
            ("Limits:Owners:alice:RequestsPerMinute", "7"),
            ("Limits:Owners:alice:TokensPerDay", "1000"),
            ("Limits:Owners:BOB:Connections", "0"),
            ("Limits:Owners:local:ConcurrentReplies", "1"));

        Assert.Equal(new OwnerLimits(16, 7, 64, 1000), limits.For(Owner("alice"), nobodySignsIn: true));
        Assert.Equal(new OwnerLimits(16, 100, null, null), limits.For(Owner("bob"), nobodySignsIn: true));
        Assert.Equal(new OwnerLimits(16, 100, 64, null), limits.For(Owner("carol"), nobodySignsIn: true));
        Assert.Equal(new OwnerLimits(1, null, null, null), limits.For(OwnerId.Local, nobodySignsIn: true));
        Assert.Equal(new OwnerLimits(1, 100, 64, null), limits.For(OwnerId.Local, nobodySignsIn: false));
    }

    [Theory]
    [InlineData("Limits:BodyBytes", "1000", "Limits:BodyBytes must be from 16384 to 67108864.")]
    [InlineData("Limits:ImportBytes", "1", "Limits:ImportBytes must be from 16384 to 67108864.")]
    [InlineData("Limits:ExchangeBytes", "2000000", "Limits:ExchangeBytes is 2000000, less than Limits:BodyBytes, 2097152: a whole exchange is no smaller than one of its messages.")]
    [InlineData("Limits:HistoryMessages", "1", "Limits:HistoryMessages must be from 2 to 1000000.")]
    [InlineData("Limits:Owner:RequestsPerMinute", "-1", "Limits:Owner:RequestsPerMinute must be from 0 to 10000000, 0 for no limit.")]
    [InlineData("Limits:Owners:alice:TokensPerDay", "-1", "Limits:Owners:alice:TokensPerDay must be from 0 to 1000000000000, 0 for no limit.")]
    [InlineData("Limits:Owners:alice:TokensPerDy", "5", "Limits:Owners:alice:TokensPerDy: there is no such limit. There are: ConcurrentReplies, RequestsPerMinute, Connections, TokensPerDay.")]
    [InlineData("Limits:Owner:Requests", "5", "Limits:Owner:Requests: there is no such limit. There are: ConcurrentReplies, RequestsPerMinute, Connections, TokensPerDay.")]
    [InlineData("Limits:RequestsPerMinute", "60", "Limits:RequestsPerMinute: there is no such limit. There are: BodyBytes, ExchangeBytes, ImportBytes, ")]
    [InlineData("Limits:Onwer:Connections", "5", "Limits:Onwer: there is no such limit. There are: BodyBytes, ")]
    [InlineData("Limits:Owners:-x:Connections", "5", "Limits:Owners:-x: '-x' is no owner's id.")]
    [InlineData("Limits:MessageLength", "1000000", "Limits:BodyBytes is 2097152, too few for a message of Limits:MessageLength, 1000000 characters, of which each can take 6 bytes in JSON.")]
    public void A_mistake_is_told_with_its_key_and_what_is_allowed(string key, string value, string mistake) =>
        Assert.Contains(mistake, Assert.Single(Assert.Throws<OptionsValidationException>(() => Read((key, value))).Failures), StringComparison.Ordinal);

    private static OwnerId Owner(string id) => OwnerId.TryParse(id, out var owner) ? owner : throw new FormatException(id);

    private static LimitOptions Read(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
        services.AddLimits().AddLimits();
        return services.BuildServiceProvider().GetRequiredService<IOptions<LimitOptions>>().Value;
    }
}
