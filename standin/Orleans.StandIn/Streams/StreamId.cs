namespace Orleans.Runtime;

/// <summary>Names a stream within its provider.</summary>
public readonly record struct StreamId
{
    private readonly string? space;
    private readonly string key;

    private StreamId(string? space, string key)
    {
        this.space = space;
        this.key = key;
    }

    /// <summary>The stream of a namespace that a text names.</summary>
    public static StreamId Create(string? ns, string key) => new(ns, key);

    /// <summary>The part that names the stream within its namespace.</summary>
    public string GetKeyAsString() => key;

    /// <summary>The namespace; null if there is none.</summary>
    public string? GetNamespace() => space;

    /// <inheritdoc />
    public override string ToString() => $"{space ?? "null"}/{key}";
}
