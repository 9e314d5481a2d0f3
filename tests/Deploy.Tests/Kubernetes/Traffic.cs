using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>Works out what network policies let pass, as a network plug-in does.</summary>
internal sealed class Traffic(IEnumerable<JsonObject> networkPolicies)
{
    private readonly List<JsonObject> policies = [.. networkPolicies];

    /// <summary>Whether a connection over TCP comes about: the one side may make it, and the other takes it.</summary>
    public bool Passes(Pod from, Pod to, long port) => May(from, to, port, "egress", "to") && May(to, from, port, "ingress", "from");

    private bool May(Pod subject, Pod other, long port, string direction, string peers)
    {
        var selecting = policies.Where(policy => IsFor(policy, subject, direction)).ToList();
        return selecting.Count == 0
            || selecting.SelectMany(policy => policy.Items($"spec/{direction}")).Any(rule => Matches(rule, subject, other, port, peers));
    }

    private static bool IsFor(JsonObject policy, Pod pod, string direction) =>
        pod.Namespace == Pod.OwnNamespace
        && policy.At("spec/podSelector")!.Selects(pod.Labels)
        && policy.Items("spec/policyTypes").Any(type => type.ToString().Equals(direction, StringComparison.OrdinalIgnoreCase));

    private static bool Matches(JsonNode rule, Pod subject, Pod other, long port, string peers) =>
        rule.Items("ports").Any(allowed => allowed.Text("protocol") == "TCP" && allowed.Number("port") == port)
        && (rule.At(peers) is null || rule.Items(peers).Any(peer => Matches(peer, subject, other)));

    private static bool Matches(JsonNode peer, Pod subject, Pod other)
    {
        var spaces = peer.At("namespaceSelector");
        var isInSpace = spaces is null ? other.Namespace == subject.Namespace : spaces.Selects(other.NamespaceLabels);
        return isInSpace && (peer.At("podSelector") is not { } pods || pods.Selects(other.Labels));
    }
}

/// <summary>A pod, as policies see it.</summary>
/// <param name="Namespace">Where it is.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record Pod(string Namespace, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The namespace that the policies are in.</summary>
    public const string OwnNamespace = "orleanschat";

    /// <summary>Of its namespace; Kubernetes sets this one.</summary>
    public Dictionary<string, string> NamespaceLabels { get; } = new(StringComparer.Ordinal) { ["kubernetes.io/metadata.name"] = Namespace };

    /// <summary>A pod of this application.</summary>
    public static Pod Ours(string component) => new(OwnNamespace, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = "orleanschat",
        ["app.kubernetes.io/component"] = component,
    });

    /// <summary>A pod of another.</summary>
    public static Pod Foreign(string space) => new(space, new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/name"] = "other" });
}
