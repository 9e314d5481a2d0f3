using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OrleansChat.Telemetry;

namespace OrleansChat.Deploy.Tests.Grafana;

/// <summary>The metrics that a process of the product emits, by the names under which Prometheus has them when they come by OTLP.</summary>
internal static class ProductMetrics
{
    private static readonly string[] OthersMeters = ["System.Runtime", "Microsoft.AspNetCore.Hosting"];

    // Units as Prometheus writes them out; what is in braces is left out (https://prometheus.io/docs/guides/opentelemetry/).
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["s"] = "_seconds", ["By"] = "_bytes" };

    /// <summary>The names, each with whether the instrument is the product's own and what it is called there.</summary>
    public static async Task<IReadOnlyList<(string Metric, string Instrument, bool IsOwn)>> ListAsync()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (instruments)
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();
        foreach (var type in new[] { "OrleansChat.Grains.Interfaces", "OrleansChat.Grains", "OrleansChat.Api" }.Select(Assembly.Load).SelectMany(assembly => assembly.GetTypes()))
        {
            if (type is { Namespace: "OrleansChat.Telemetry", IsAbstract: true, IsSealed: true })
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
        }

        // The web server has its instruments when it runs.
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        await app.StartAsync();
        lock (instruments)
        {
            return
            [
                .. from instrument in instruments
                   let isOwn = instrument.Meter.Name == ChatTelemetry.Name
                   where isOwn || OthersMeters.Contains(instrument.Meter.Name)
                   from name in NamesOf(instrument)
                   select (name, instrument.Name, isOwn),
            ];
        }
    }

    private static string[] NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + Units.GetValueOrDefault(instrument.Unit ?? "", "");
        return instrument.GetType().Name.Split('`')[0] switch
        {
            "Histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            "Counter" or "ObservableCounter" => [$"{name}_total"],
            _ => [name],
        };
    }
}
