namespace Orleans.StandIn.Activations;

/// <summary>Starts things that outlive their cause, which then do not carry its async locals.</summary>
internal static class WithoutFlow
{
    public static AsyncFlowControl Enter() => ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
}
