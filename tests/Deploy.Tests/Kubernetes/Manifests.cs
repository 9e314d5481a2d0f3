using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>The objects that Kubernetes is given.</summary>
internal sealed class Manifests
{
    private readonly IReadOnlyList<JsonObject> objects;

    private Manifests(IReadOnlyList<JsonObject> objects) => this.objects = objects;

    /// <summary>All of them.</summary>
    public IReadOnlyList<JsonObject> Objects => objects;

    /// <summary>What runs pods.</summary>
    public IEnumerable<JsonObject> Workloads => objects.Where(o => o.At("spec/template/spec") is not null);

    /// <summary>Renders a folder of <c>deploy/kubernetes</c>.</summary>
    public static async Task<Manifests> RenderAsync(string folder) =>
        new(Yaml.Read(await Tool.RunAsync("kubectl", "kustomize", Repository.PathOf($"deploy/kubernetes/{folder}"))));

    /// <summary>All objects of a kind.</summary>
    public IEnumerable<JsonObject> OfKind(string kind) => objects.Where(o => o.Text("kind") == kind);

    /// <summary>The one object of a kind that has a name.</summary>
    public JsonObject Get(string kind, string name) => OfKind(kind).Single(o => o.Text("metadata/name") == name);

    /// <summary>The one ConfigMap's settings.</summary>
    public Dictionary<string, string> Settings() => OfKind("ConfigMap").Single().Pairs("data");
}
