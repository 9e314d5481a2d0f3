namespace OrleansChat.Telemetry;

/// <summary>The names of what measurements and activities are told apart by; OpenTelemetry's where it has one.</summary>
public static class TelemetryTags
{
    /// <summary>The model's name, as it is configured here.</summary>
    public const string Model = "gen_ai.request.model";

    /// <summary>The error's code.</summary>
    public const string ErrorType = "error.type";

    /// <summary>How a reply ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c>, or <c>abandoned</c> when this process gave it up.</summary>
    public const string ReplyOutcome = "orleanschat.reply.outcome";

    /// <summary>The reply's id.</summary>
    public const string Reply = "orleanschat.reply.id";

    /// <summary>What became of a reply whose producer was gone: <c>continued</c>, <c>restarted</c>, <c>interrupted</c> or <c>failed</c>.</summary>
    public const string TakeOver = "orleanschat.takeover.kind";

    /// <summary>What an endpoint's circuit became: <c>Open</c>, <c>HalfOpen</c> or <c>Closed</c>.</summary>
    public const string CircuitState = "orleanschat.circuit.state";

    /// <summary>Where past events were read: <c>memory</c>, the conversation's own, or <c>store</c>.</summary>
    public const string ReplaySource = "orleanschat.replay.source";
}
