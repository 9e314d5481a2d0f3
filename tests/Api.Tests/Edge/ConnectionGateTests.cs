using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Edge;
using OrleansChat.Edge.Connections;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Edge;

/// <summary>Who counts as one too many.</summary>
public sealed class ConnectionGateTests
{
    [Fact]
    public async Task An_address_has_its_own_limit_however_it_is_written()
    {
        var gate = Gate(connections: 100, perAddress: 2);
        await using var first = Connect(gate, "192.0.2.1");
        await using var second = Connect(gate, "::ffff:192.0.2.1");
        await using var third = Connect(gate, "192.0.2.1");
        await using var other = Connect(gate, "192.0.2.2");

        Assert.Equal([false, false, true, false], new[] { first, second, third, other }.Select(each => each.Slot.IsRefused));

        await first.DisposeAsync();
        await third.DisposeAsync();
        await using var again = Connect(gate, "192.0.2.1");
        Assert.False(again.Slot.IsRefused);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::dead:beef:0:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public async Task A_network_of_IPv6_is_one_address(string first, string second, bool areOne)
    {
        var gate = Gate(connections: 100, perAddress: 1);
        await using var one = Connect(gate, first);
        await using var other = Connect(gate, second);

        Assert.Equal((false, areOne), (one.Slot.IsRefused, other.Slot.IsRefused));
    }

    [Fact]
    public async Task However_many_come_from_one_address_it_takes_no_room_from_others()
    {
        var gate = Gate(connections: 10, perAddress: 4);
        await using var idle = Connect(gate, "192.0.2.2");
        var crowd = Enumerable.Range(0, 1_000).Select(_ => Connect(gate, "192.0.2.1")).ToList();

        // Those that it may have, and a few that are told that it may not have more.
        Assert.Equal((12, 4), (crowd.Count(each => each.WasServed), crowd.Count(each => each is { WasServed: true, Slot.IsRefused: false })));
        Assert.Equal((13, false), (gate.Open, idle.Slot.IsClosing));
        await using var other = Connect(gate, "192.0.2.3");
        Assert.False(other.Slot.IsRefused);

        // Nothing is left of those that were closed.
        foreach (var each in crowd)
        {
            await each.DisposeAsync();
        }

        await using var again = Connect(gate, "192.0.2.1");
        Assert.Equal((false, 3), (again.Slot.IsRefused, gate.Open));
    }

    [Fact]
    public async Task Whoever_has_been_idle_for_longest_makes_room_and_nobody_with_a_request_does()
    {
        var clock = new ManualTimeProvider();
        var gate = Gate(connections: 3, clock: clock);
        await using var asking = Connect(gate);
        await using var idle = Connect(gate);
        await using var justServed = Connect(gate);
        clock.Advance(TimeSpan.FromSeconds(1));
        gate.BeginRequest(asking.Slot);
        gate.BeginRequest(justServed.Slot);
        gate.EndRequest(justServed.Slot);

        await using var fourth = Connect(gate);
        await using var fifth = Connect(gate);
        gate.BeginRequest(fourth.Slot);
        gate.BeginRequest(fifth.Slot);
        await using var sixth = Connect(gate);

        Assert.Equal([false, true, true, false, false], new[] { asking, idle, justServed, fourth, fifth }.Select(each => each.Slot.IsClosing));
        Assert.True(sixth.Slot.IsRefused);
        Assert.Equal(6, gate.Open);
    }

    [Fact]
    public async Task Who_has_only_just_come_and_has_to_make_room_is_told_so_while_there_is_room_for_that()
    {
        var clock = new ManualTimeProvider();
        var gate = Gate(connections: 1, clock: clock);
        var crowd = Enumerable.Range(0, 40).Select(_ => Connect(gate)).ToList();

        // Half of the reserve, and then they are closed as those that have been idle for long.
        Assert.Equal((32, 7), (crowd.Count(each => each.Slot.IsRefused), crowd.Count(each => each.Slot.IsClosing)));
        Assert.Equal((false, false), (crowd[^1].Slot.IsRefused, crowd[^1].Slot.IsClosing));

        // Who has not asked by then is closed too.
        clock.Advance(TimeSpan.FromSeconds(1));
        await Waiting.ForAsync(() => crowd.Count(each => each.WasAborted) == 39);
        foreach (var each in crowd)
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task Beyond_the_reserve_those_go_at_once_that_are_to_leave_and_have_not_asked()
    {
        var gate = Gate(connections: 1);
        await using var asking = Connect(gate);
        gate.BeginRequest(asking.Slot);
        var refused = Enumerable.Range(0, 64).Select(_ => Connect(gate)).ToList();
        gate.BeginRefusal(refused[0].Slot);

        await using var next = Connect(gate);

        await Waiting.ForAsync(() => refused[1].WasAborted);
        Assert.Equal((true, true, 66), (next.WasServed, next.Slot.IsRefused, gate.Open));
        Assert.Equal([1], refused.Index().Where(each => each.Item.WasAborted).Select(each => each.Index));

        // They are waited for once there are as many of them as the reserve has room for.
        var crowd = Enumerable.Range(0, 100).Select(_ => Connect(gate)).ToList();
        Assert.Equal((63, 129), (crowd.Count(each => each.WasServed), gate.Open));

        foreach (var each in refused.Concat(crowd))
        {
            await each.DisposeAsync();
        }

        await using var last = Connect(gate);
        Assert.Equal((true, 3), (last.WasServed, gate.Open));
    }

    [Fact]
    public async Task Where_nobody_is_to_leave_nobody_is_let_in_beyond_the_reserve()
    {
        var gate = Gate(connections: 1);
        await using var asking = Connect(gate);
        gate.BeginRequest(asking.Slot);
        var refused = Enumerable.Range(0, 64).Select(_ => Connect(gate)).ToList();
        refused.ForEach(each => gate.BeginRefusal(each.Slot));

        await using var outside = Connect(gate);

        Assert.False(outside.WasServed);
        foreach (var each in refused)
        {
            await each.DisposeAsync();
        }

        Assert.Equal(1, gate.Open);
    }

    [Theory]
    [InlineData(10_000, long.MaxValue, 10_000, 10_500)]
    [InlineData(16, 1_000_000, 16, 80)]
    [InlineData(10_000, 1_024, 448, 512)]
    [InlineData(10_000, 64, 24, 32)]
    [InlineData(1_000_000, 1_000_000, 475_000, 500_000)]
    public void Connections_have_no_more_than_half_of_the_files_those_included_that_are_only_told_so(int wanted, long files, int served, int all) =>
        Assert.Equal(new ConnectionLimits(served, all), ConnectionLimits.For(wanted, files));

    [Fact]
    public async Task One_that_was_refused_and_has_left_is_forgotten_at_once()
    {
        var clock = new ManualTimeProvider();
        var gate = Gate(connections: 1, clock: clock);
        await using var asking = Connect(gate);
        gate.BeginRequest(asking.Slot);
        var refused = Connect(gate);
        Assert.Equal((true, 1), (refused.Slot.IsRefused, clock.PendingTimers));

        await refused.DisposeAsync();

        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public void The_limit_of_open_files_is_known_where_there_is_one() => Assert.InRange(OpenFileLimit.Read(), 64, long.MaxValue);

    private static ConnectionGate Gate(int connections, int? perAddress = null, TimeProvider? clock = null) => new(
        Options.Create(new EdgeLimitOptions { Connections = connections, ConnectionsPerAddress = perAddress }), clock ?? TimeProvider.System, NullLogger<ConnectionGate>.Instance);

    private static Connected Connect(ConnectionGate gate, string address = "192.0.2.7") => new(gate, IPAddress.Parse(address));

    /// <summary>A connection that stays until it is disposed of.</summary>
    private sealed class Connected : IAsyncDisposable
    {
        private readonly TaskCompletionSource leaving = new();
        private readonly Task served;
        private readonly DefaultConnectionContext connection;

        public Connected(ConnectionGate gate, IPAddress address)
        {
            connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(address, 4711) };
            served = gate.RunAsync(connection, context =>
            {
                WasServed = true;
                return leaving.Task;
            });
            Slot = connection.Features.Get<ConnectionSlot>()!;
        }

        public ConnectionSlot Slot { get; }

        public bool WasServed { get; private set; }

        public bool WasAborted => connection.ConnectionClosed.IsCancellationRequested;

        public async ValueTask DisposeAsync()
        {
            leaving.TrySetResult();
            await served;
        }
    }
}
