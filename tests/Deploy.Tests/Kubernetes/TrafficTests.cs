using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>Who reaches whom.</summary>
public class TrafficTests
{
    private const long Silo = 11_111;
    private const long Gateway = 30_000;
    private const long Health = 8_081;
    private const long Http = 8_080;
    private const long Database = 5_432;

    private static readonly Dictionary<string, Pod> Pods = new(StringComparer.Ordinal)
    {
        ["silo"] = Pod.Ours("silo"),
        ["api"] = Pod.Ours("api"),
        ["postgresql"] = Pod.Ours("postgresql"),
        ["neighbour"] = Pod.Foreign(Pod.OwnNamespace),
        ["proxy"] = Pod.Foreign("gateway"),
        ["stranger"] = Pod.Foreign("elsewhere"),

        // The same labels in another namespace make nobody one of us.
        ["impostor"] = Pod.Ours("api") with { Namespace = "elsewhere" },
    };

    [NeedsFact("kubectl")]
    public async Task Only_those_meet_who_have_to()
    {
        var traffic = new Traffic((await Manifests.RenderAsync("overlays/example")).OfKind("NetworkPolicy"));
        var ports = new Dictionary<string, long[]>(StringComparer.Ordinal)
        {
            ["silo"] = [Silo, Gateway, Health],
            ["api"] = [Http],
            ["postgresql"] = [Database],
        };

        var passing = from target in ports
                      from port in target.Value
                      from source in Pods
                      where traffic.Passes(source.Value, Pods[target.Key], port)
                      select (source.Key, target.Key, port);

        (string, string, long)[] expected =
        [
            ("silo", "silo", Silo),
            ("api", "silo", Gateway),
            ("proxy", "api", Http),
            ("silo", "postgresql", Database),
            ("api", "postgresql", Database),
        ];
        Assert.Equal(expected.Order(), passing.Order());
    }

    [NeedsFact("kubectl")]
    public async Task Silos_call_models_and_API_nodes_call_nobody_outside()
    {
        var traffic = new Traffic((await Manifests.RenderAsync("overlays/example")).OfKind("NetworkPolicy"));
        var world = Pod.Foreign("elsewhere");

        Assert.True(traffic.Passes(Pods["silo"], world, 443));
        Assert.False(traffic.Passes(Pods["silo"], world, 80));
        Assert.False(traffic.Passes(Pods["api"], world, 443));
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task The_one_service_leads_to_the_API_and_no_further(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        var service = Assert.Single(manifests.OfKind("Service"));
        var selector = new JsonObject { ["matchLabels"] = service.At("spec/selector")!.DeepClone() };
        var selected = Assert.Single(manifests.Workloads, workload => selector.Selects(workload.PodLabels()));

        Assert.Equal("orleanschat-api", selected.Text("metadata/name"));
        Assert.Equal("", service.Text("spec/type"));
        var port = Assert.Single(service.Items("spec/ports"));
        Assert.Equal(Http, selected.Containers().Single().Port(port.Text("targetPort")));
        Assert.All(manifests.OfKind("HTTPRoute").SelectMany(route => route.Items("spec/rules")).SelectMany(rule => rule.Items("backendRefs")), backend =>
            Assert.Equal((service.Text("metadata/name"), port.Number("port")), (backend.Text("name"), backend.Number("port"))));
    }
}
