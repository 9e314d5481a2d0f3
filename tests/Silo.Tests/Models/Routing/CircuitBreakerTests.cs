using OrleansChat.Models.Routing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Routing;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider time = new();
    private readonly List<CircuitState> changes = [];
    private readonly CircuitBreaker circuit;

    public CircuitBreakerTests() => circuit = new CircuitBreaker(3, Break, time, changes.Add);

    [Fact]
    public void FailuresInARow_OpenIt()
    {
        Fail(2);
        Assert.True(circuit.LetsThrough);

        Fail(1);

        Assert.False(circuit.LetsThrough);
        Assert.False(circuit.TryEnter(out _));
        Assert.Equal([CircuitState.Open], changes);
    }

    [Fact]
    public void AnAnswerThatEnds_MakesGoodWhatFailedBefore_OneThatBeginsDoesNot()
    {
        Fail(2);
        circuit.Answered(isProbe: false);
        circuit.Succeeded();
        Fail(2);
        Assert.True(circuit.LetsThrough);

        circuit.Answered(isProbe: false);
        Fail(1);
        Assert.False(circuit.LetsThrough);
    }

    [Fact]
    public void AfterTheBreak_OneRequestProbesIt_AndItsAnswerClosesIt()
    {
        Fail(3);
        time.Advance(Break - TimeSpan.FromTicks(1));
        Assert.False(circuit.TryEnter(out _));
        time.Advance(TimeSpan.FromTicks(1));

        Assert.True(circuit.LetsThrough);
        Assert.True(circuit.TryEnter(out var isProbe));
        Assert.True(isProbe);
        Assert.False(circuit.TryEnter(out _));
        Assert.False(circuit.LetsThrough);
        Assert.False(circuit.IsClosed);

        circuit.Answered(isProbe: true);
        Assert.True(circuit.IsClosed);
        Assert.True(circuit.TryEnter(out isProbe));
        Assert.False(isProbe);
        Fail(2);
        Assert.True(circuit.IsClosed);
        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed], changes);
    }

    [Fact]
    public void AProbeThatFails_OpensItForAnotherBreak()
    {
        Fail(3);
        time.Advance(Break);
        circuit.TryEnter(out _);

        circuit.Failed(isProbe: true);

        time.Advance(Break / 2);
        Assert.False(circuit.TryEnter(out _));
        time.Advance(Break / 2);
        Assert.True(circuit.TryEnter(out _));
        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Open, CircuitState.HalfOpen], changes);
    }

    [Fact]
    public void AProbeThatIsGivenUp_SaysNothing_AndTheNextMayProbeAtOnce()
    {
        Fail(3);
        time.Advance(Break);
        circuit.TryEnter(out _);

        circuit.GivenUp(isProbe: true);

        Assert.False(circuit.IsClosed);
        Assert.True(circuit.TryEnter(out var isProbe));
        Assert.True(isProbe);
    }

    [Fact]
    public void WhatRanBeforeItOpened_ChangesNothingAnyMore()
    {
        Fail(3);

        circuit.Answered(isProbe: false);
        circuit.Succeeded();
        circuit.Failed(isProbe: false);
        circuit.GivenUp(isProbe: false);

        Assert.False(circuit.LetsThrough);
        Assert.Equal([CircuitState.Open], changes);
    }

    [Fact]
    public void NoFailuresConfigured_NeverOpens()
    {
        var always = new CircuitBreaker(0, Break, time, changes.Add);
        for (var i = 0; i < 1_000; i++)
        {
            always.Failed(isProbe: false);
        }

        Assert.True(always.TryEnter(out _));
        Assert.Empty(changes);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            circuit.Failed(isProbe: false);
        }
    }
}
