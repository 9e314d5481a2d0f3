using OrleansChat.Testing.Telemetry;

namespace OrleansChat.Testing.Secrecy;

/// <summary>The collector that processes export to whose test does not watch their telemetry itself: it hears whether they tell a secret.</summary>
public static class SharedCollector
{
    // Ends with the process.
    private static readonly Lazy<Task<OtlpReceiver>> Receiver = new(() => OtlpReceiver.StartAsync(keepsOnlyBodies: true));

    /// <summary>The settings, as environment variables, that have a process send there.</summary>
    /// <remarks>Less often than where a test waits for it: most are killed in the end, and what they say last is not heard.</remarks>
    public static async Task<IEnumerable<(string Name, string Value)>> SettingsAsync() =>
        [.. (await Receiver.Value).Settings, ("OTEL_METRIC_EXPORT_INTERVAL", "1000"), ("OTEL_BSP_SCHEDULE_DELAY", "500")];

    /// <summary>Checks all that came since the last time.</summary>
    /// <exception cref="InvalidOperationException">There was a secret in it.</exception>
    public static async Task AssertNoSecretsAsync()
    {
        if (Receiver.IsValueCreated)
        {
            foreach (var text in (await Receiver.Value).TakeTexts())
            {
                Secrets.AssertNoneIn(text, "What was exported");
            }
        }
    }
}
