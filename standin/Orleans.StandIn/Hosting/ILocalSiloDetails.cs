namespace Orleans.Runtime;

/// <summary>What is known of this process's silo.</summary>
public interface ILocalSiloDetails
{
    /// <summary>Where it is, and which run of it.</summary>
    SiloAddress SiloAddress { get; }
}

/// <summary>Names a run of a silo.</summary>
public sealed class SiloAddress
{
    private readonly string name = $"{Environment.ProcessId}@{Environment.TickCount64}";

    internal SiloAddress()
    {
    }

    /// <summary>Its name, in a form that tells all.</summary>
    public string ToParsableString() => name;

    /// <inheritdoc />
    public override string ToString() => name;
}

internal sealed class LocalSiloDetails : ILocalSiloDetails
{
    public SiloAddress SiloAddress { get; } = new();
}
