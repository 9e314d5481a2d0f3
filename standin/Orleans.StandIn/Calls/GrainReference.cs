using System.Reflection;
using Orleans.StandIn.Activations;
using Orleans.StandIn.Calls;

namespace Orleans.Runtime;

/// <summary>A reference to a grain: equal to every other reference to the same grain.</summary>
public class GrainReference : DispatchProxy, IAddressable
{
    private CallSender? sender;

    internal GrainId GrainId { get; private set; }

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainReference other && other.GrainId == GrainId;

    /// <inheritdoc />
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => $"GrainReference:{GrainId}";

    internal static GrainReference Create(Type grainInterface, GrainId id, CallSender sender)
    {
        var reference = (GrainReference)Create(grainInterface, typeof(GrainReference));
        reference.GrainId = id;
        reference.sender = sender;
        return reference;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // A reference that came as an argument belongs to the grain that got it, no longer to the client that made it.
        var from = Activation.Current?.Silo.Calls ?? sender!;
        return from.Send(GrainId, GrainMethod.Of(targetMethod!), args ?? []);
    }
}
