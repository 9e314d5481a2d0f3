namespace OrleansChat.Chaos.Invariants;

/// <summary>A promise that was broken.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Where">The conversation, or the process.</param>
/// <param name="Detail">The evidence.</param>
internal sealed record Violation(ViolationKind Kind, string Where, string Detail)
{
    public override string ToString() => $"{Kind} in {Where}: {Detail}";
}
