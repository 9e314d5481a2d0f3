namespace OrleansChat.Testing.Time;

/// <summary>Bounds on the waits of tests: what never comes fails a test by name instead of hanging the run.</summary>
public static class TestLimits
{
    /// <summary>How long a test waits for a signal that comes in milliseconds when all is well: 30 seconds, for busy machines.</summary>
    public static readonly TimeSpan Signal = TimeSpan.FromSeconds(30);
}
