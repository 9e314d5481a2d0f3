namespace Orleans.Runtime;

/// <summary>Names a grain.</summary>
public readonly record struct GrainId
{
    internal GrainId(string type, string key)
    {
        Type = type;
        Key = key;
    }

    internal string Type { get; }

    internal string Key { get; }

    /// <inheritdoc />
    public override string ToString() => $"{Type}/{Key}";
}
