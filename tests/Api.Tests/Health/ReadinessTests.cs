using OrleansChat.Health;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Health;

/// <summary>How often silos are asked whether they are there, by a clock that the tests move.</summary>
public sealed class ReadinessTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly FakeHealth silo = new();
    private readonly Readiness readiness;

    public ReadinessTests() => readiness = new Readiness(silo.Grains, clock);

    [Fact]
    public async Task However_many_ask_silos_are_asked_once_a_second()
    {
        var answer = new TaskCompletionSource<bool>();
        silo.Answer = () => answer.Task;
        var asking = Enumerable.Range(0, 100).Select(_ => readiness.FindReasonAgainstAsync()).ToList();
        answer.SetResult(true);

        Assert.All(await Task.WhenAll(asking), Assert.Null);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Null(await readiness.FindReasonAgainstAsync());
        Assert.Equal(1, silo.Asked);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        silo.Answer = () => Task.FromResult(false);
        Assert.Equal("The store does not answer.", await readiness.FindReasonAgainstAsync());
        Assert.Equal(2, silo.Asked);
    }

    [Fact]
    public async Task A_silo_that_has_just_died_leaves_the_answer_to_another()
    {
        silo.Answer = () => silo.Asked == 1 ? Task.FromException<bool>(new TimeoutException("away")) : Task.FromResult(true);

        Assert.Null(await readiness.FindReasonAgainstAsync());
        Assert.Equal(2, silo.Asked);
    }

    [Fact]
    public async Task Nobody_is_asked_again_once_it_has_been_waited_for_long_enough()
    {
        var answer = new TaskCompletionSource<bool>();
        silo.Answer = () => answer.Task;
        var asking = readiness.FindReasonAgainstAsync();

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("No silo answers.", await asking);
        answer.SetException(new TimeoutException("away"));
        Assert.Equal(1, silo.Asked);
    }

    [Fact]
    public async Task That_nobody_answers_is_not_told_for_long()
    {
        silo.Answer = () => Task.FromException<bool>(new TimeoutException("away"));
        Assert.Equal("No silo answers.", await readiness.FindReasonAgainstAsync());
        silo.Answer = () => Task.FromResult(true);
        Assert.NotNull(await readiness.FindReasonAgainstAsync());

        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null(await readiness.FindReasonAgainstAsync());
    }
}

/// <summary>The grain that knows how a silo is.</summary>
public sealed class FakeHealth : IHealthGrain
{
    /// <summary>What it answers.</summary>
    public Func<Task<bool>> Answer { get; set; } = () => Task.FromResult(true);

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Where it is.</summary>
    public IGrainFactory Grains => FakeGrains.Of(this);

    public Task<bool> StoreAnswers()
    {
        Asked++;
        return Answer();
    }
}
