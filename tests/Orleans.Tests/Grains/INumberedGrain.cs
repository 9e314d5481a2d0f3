namespace OrleansChat.ActorTests.Grains;

/// <summary>Is named by a number.</summary>
[Alias("ActorTests.INumberedGrain")]
public interface INumberedGrain : IGrainWithIntegerKey
{
    [Alias("Number")]
    ValueTask<long> Number();

    [Alias("Self")]
    Task<INumberedGrain> Self();
}

/// <summary>Has no class.</summary>
[Alias("ActorTests.INobodyGrain")]
public interface INobodyGrain : IGrainWithStringKey;

internal sealed class NumberedGrain : Grain, INumberedGrain
{
    public ValueTask<long> Number() => ValueTask.FromResult(this.GetPrimaryKeyLong());

    public Task<INumberedGrain> Self() => Task.FromResult(this.AsReference<INumberedGrain>());
}
