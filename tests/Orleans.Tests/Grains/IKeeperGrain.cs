using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Keeps what it is given.</summary>
[Alias("ActorTests.IKeeperGrain")]
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Keeps a box, and gives it back.</summary>
    [Alias("Keep")]
    Task<Box> Keep(Box box);

    /// <summary>The labels in the box that it keeps.</summary>
    [Alias("Labels")]
    Task<string> Labels();

    [Alias("KeepSealed")]
    Task<SealedBox> KeepSealed(SealedBox box);

    /// <summary>Calls another keeper as tests do, but from within a grain, and tells what it finds.</summary>
    [Alias("Try")]
    Task<string[]> Try(IKeeperGrain other);
}

/// <summary>Something that can be changed.</summary>
[GenerateSerializer, Alias("ActorTests.Box")]
public sealed class Box
{
    [Id(0)]
    public IList<string> Labels { get; init; } = [];

    [Id(1)]
    public IDictionary<string, int[]> Counts { get; init; } = new Dictionary<string, int[]>();

    [Id(2)]
    public Box? Inner { get; set; }

    /// <summary>Does not cross calls.</summary>
    [field: NonSerialized]
    public string? Unmarked { get; set; }
}

/// <summary>Something that promises not to change.</summary>
[GenerateSerializer, Immutable, Alias("ActorTests.SealedBox")]
public sealed record SealedBox([property: Id(0)] string Label);

internal sealed class KeeperGrain : Grain, IKeeperGrain
{
    private Box kept = new();

    public Task<Box> Keep(Box box)
    {
        kept = box;
        return Task.FromResult(kept);
    }

    public Task<string> Labels() => Task.FromResult($"{string.Join(' ', kept.Labels)}/{kept.Counts["a"][0]}/{kept.Unmarked}");

    public Task<SealedBox> KeepSealed(SealedBox box)
    {
        Probe.Of(this.GetPrimaryKeyString()).Kept.Enqueue(box);
        return Task.FromResult(box);
    }

    public async Task<string[]> Try(IKeeperGrain other)
    {
        var box = NewBox();
        var returned = await other.Keep(box);
        box.Labels.Add("changed by the caller");
        box.Counts["a"][0] = 2;
        returned.Labels.Add("changed by who got the result");

        var sealedBox = new SealedBox("s");
        var same = await other.KeepSealed(sealedBox);
        Probe.Of(other.GetPrimaryKeyString()).Kept.TryDequeue(out var seen);
        return [await other.Labels(), $"{ReferenceEquals(sealedBox, seen)}, {ReferenceEquals(sealedBox, same)}"];
    }

    public static Box NewBox() => new() { Labels = { "first" }, Counts = { ["a"] = [1] }, Unmarked = "unmarked" };
}
