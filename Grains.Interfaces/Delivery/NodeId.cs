namespace OrleansChat.Delivery;

/// <summary>Names one run of one API node, and so its delivery stream.</summary>
/// <param name="Value">A name that no other node, and no earlier run of this one, has.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.NodeId")]
public sealed record NodeId([property: Id(0)] string Value)
{
    /// <summary>A name for this run of this process.</summary>
    public static NodeId New() => new($"{Environment.MachineName}-{Guid.CreateVersion7():n}");

    /// <inheritdoc />
    public override string ToString() => Value;
}
