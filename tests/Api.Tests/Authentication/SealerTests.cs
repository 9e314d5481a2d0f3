using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Authentication;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>What nodes seal and open, with keys that they find in the cluster's store.</summary>
public sealed class SealerTests
{
    private static readonly SealedPass Ticket = new(SignedInBy.Key, "alice", "0123456789ab", new(2030, 1, 1, 13, 0, 0, TimeSpan.Zero), "conv_x");

    private readonly ManualTimeProvider clock = new();
    private readonly FakeKeys cluster = new();

    [Fact]
    public void Every_node_opens_what_another_has_sealed()
    {
        var text = Node().Seal(Ticket);

        Assert.Equal(Ticket, Node().Open(text, isTicket: true));
        Assert.Single(cluster.Signing);
    }

    [Fact]
    public void Nodes_that_make_the_first_key_at_once_use_the_same_one()
    {
        var (one, other) = (Node(), Node());
        string? sealedByOther = null;

        // The other one comes between that this one sees that there is no key, and that it adds one.
        cluster.AfterReading = () =>
        {
            cluster.AfterReading = () => { };
            sealedByOther = other.Seal(Ticket);
        };
        var sealedByOne = one.Seal(Ticket);

        Assert.Single(cluster.Signing);
        Assert.Equal(Ticket, one.Open(sealedByOther, isTicket: true));
        Assert.Equal(Ticket, other.Open(sealedByOne, isTicket: true));
    }

    [Fact]
    public void What_has_ended_was_changed_or_is_another_kind_is_not_opened()
    {
        var node = Node();
        var (ticket, session) = (node.Seal(Ticket), node.Seal(Ticket with { Conversation = null }));

        Assert.Null(node.Open(session, isTicket: true));
        Assert.Null(node.Open(ticket, isTicket: false));
        Assert.NotNull(node.Open(session, isTicket: false));
        for (var i = 0; i < ticket.Length - 1; i++)
        {
            Assert.Null(node.Open($"{ticket[..i]}{(ticket[i] == 'A' ? 'B' : 'A')}{ticket[(i + 1)..]}", isTicket: true));
        }

        clock.Advance(Ticket.ExpiresAt - clock.GetUtcNow() - TimeSpan.FromTicks(1));
        Assert.NotNull(node.Open(ticket, isTicket: true));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(node.Open(ticket, isTicket: true));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("😀")]
    public void What_was_never_sealed_is_not_opened(string? text) => Assert.Null(Node().Open(text, isTicket: true));

    [Fact]
    public void That_the_keys_cannot_be_had_is_no_verdict()
    {
        var text = Node().Seal(Ticket);
        cluster.IsAway = true;
        var node = Node();

        Assert.Throws<TimeoutException>(() => node.Open(text, isTicket: true));
        cluster.IsAway = false;
        Assert.Equal(Ticket, node.Open(text, isTicket: true));
    }

    private Sealer Node()
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("OrleansChat");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new ClusterKeyRing(cluster.Grains));
        return new Sealer(services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>(), clock);
    }
}
