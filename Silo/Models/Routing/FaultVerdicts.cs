namespace OrleansChat.Models.Routing;

/// <summary>Judges faults.</summary>
internal static class FaultVerdicts
{
    /// <summary>What to do about a fault before the first token.</summary>
    public static FaultVerdict Of(ModelException fault) =>
        fault.Code == ModelErrors.FirstTokenTimeout ? FaultVerdict.MoveOn
        : fault.Code != ModelErrors.Rejected ? FaultVerdict.Retry
        : fault.Status is (>= 300 and < 400) or 401 or 402 or 403 or 404 ? FaultVerdict.MoveOn
        : FaultVerdict.Stand;

    /// <summary>Whether the endpoint is not to be relied on, rather than busy, or right.</summary>
    public static bool IsEndpointsOwn(ModelException fault) =>
        fault.Code != ModelErrors.RateLimited && Of(fault) != FaultVerdict.Stand;
}
