using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Compose;

/// <summary>The cluster of one machine.</summary>
internal sealed class ComposeFile
{
    /// <summary>Where it is.</summary>
    public const string Path = "deploy/compose.yaml";

    private readonly JsonObject root = Yaml.Read(Repository.Read(Path)).Single();

    /// <summary>All services.</summary>
    public IReadOnlyDictionary<string, JsonNode> Services =>
        root.At("services")!.AsObject().ToDictionary(service => service.Key, service => service.Value!, StringComparer.Ordinal);

    /// <summary>How long a service has to stop before it is killed.</summary>
    public TimeSpan StopGracePeriod(string service) =>
        TimeSpan.FromSeconds(int.Parse(Services[service].Text("stop_grace_period").TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture));
}
