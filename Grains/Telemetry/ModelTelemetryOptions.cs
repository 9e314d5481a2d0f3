namespace OrleansChat.Telemetry;

/// <summary>What is told of requests to models.</summary>
internal sealed class ModelTelemetryOptions
{
    /// <summary>The environment variable by which OpenTelemetry's own instrumentations are told to capture content.</summary>
    public const string CaptureContentKey = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>Whether what people and models say goes into traces. Default false: it is theirs.</summary>
    public bool CaptureContent { get; set; }
}
