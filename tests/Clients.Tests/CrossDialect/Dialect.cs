using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>A dialect as somebody speaks it who has read its page, and nothing else.</summary>
public abstract class Dialect
{
    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>Asks, and reads the reply.</summary>
    public virtual Task<Reading> StartAsync(ChatApi api, string question) => throw new NotSupportedException($"{Name} only reads.");

    /// <summary>Reads on from a place.</summary>
    public virtual Task<Reading> ResumeAsync(ChatApi api, Place place) => throw new NotSupportedException($"{Name} cannot resume.");

    /// <inheritdoc />
    public override string ToString() => Name;
}
