using System.Globalization;
using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>What pods are made of.</summary>
public class WorkloadTests
{
    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task There_are_silos_and_API_nodes_two_of_each_at_least(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);

        Assert.Equal(
            ["orleanschat-api", "orleanschat-silo"],
            manifests.Workloads.Select(workload => workload.Text("metadata/name")).Order(StringComparer.Ordinal));
        Assert.All(manifests.Workloads, workload => Assert.InRange(workload.Number("spec/replicas"), 2, 100));
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Every_container_is_watched_at_ports_that_it_has(string folder)
    {
        foreach (var container in (await Manifests.RenderAsync(folder)).Workloads.SelectMany(Workload.Containers))
        {
            foreach (var kind in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
            {
                var probe = container.At(kind);
                Assert.True(probe is not null, $"{container.Text("name")} has no {kind}.");
                var port = probe.Text("tcpSocket/port") is { Length: > 0 } socket ? socket : probe.Text("httpGet/port");
                Assert.Contains(port, container.Items("ports").Select(declared => declared.Text("name")));
            }
        }
    }

    [NeedsFact("kubectl")]
    public async Task An_API_node_is_asked_what_it_has_answers_for()
    {
        var api = (await Manifests.RenderAsync("base")).Get("Deployment", "orleanschat-api").Containers().Single();

        Assert.Equal("/health/live", api.Text("livenessProbe/httpGet/path"));
        Assert.Equal("/health/live", api.Text("startupProbe/httpGet/path"));
        Assert.Equal("/health/ready", api.Text("readinessProbe/httpGet/path"));
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Every_container_says_what_it_needs_and_gets_no_more_memory_than_it_says(string folder)
    {
        foreach (var container in (await Manifests.RenderAsync(folder)).Workloads.SelectMany(Workload.Containers))
        {
            Assert.NotEmpty(container.Text("resources/requests/cpu"));
            Assert.InRange(Mebibytes(container.Text("resources/requests/memory")), 1, Mebibytes(container.Text("resources/limits/memory")));

            // Held still by a limit, a silo would miss the others' probes.
            Assert.Null(container.At("resources/limits/cpu"));
        }
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task No_container_can_do_more_than_it_has_to(string folder)
    {
        foreach (var workload in (await Manifests.RenderAsync(folder)).Workloads)
        {
            var pod = workload.Pod();
            Assert.Equal("true", pod.Text("securityContext/runAsNonRoot"));
            Assert.NotEqual(0, pod.Number("securityContext/runAsUser"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext/seccompProfile/type"));
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            Assert.Equal(("", "", ""), (pod.Text("hostNetwork"), pod.Text("hostPID"), pod.Text("hostIPC")));
            Assert.All(pod.Items("volumes"), volume => Assert.NotNull(volume.At("emptyDir/sizeLimit")));
            foreach (var container in workload.Containers())
            {
                Assert.Equal("false", container.Text("securityContext/allowPrivilegeEscalation"));
                Assert.Equal("true", container.Text("securityContext/readOnlyRootFilesystem"));
                Assert.Equal(["ALL"], container.Items("securityContext/capabilities/drop").Select(name => name.ToString()));
                Assert.Empty(container.Items("securityContext/capabilities/add"));
                Assert.Empty(container.Text("securityContext/privileged"));
                Assert.All(container.Items("ports"), port => Assert.Null(port.At("hostPort")));
            }
        }
    }

    [NeedsFact("kubectl")]
    public async Task An_installation_names_the_version_of_each_image()
    {
        foreach (var container in (await Manifests.RenderAsync("overlays/example")).Workloads.SelectMany(Workload.Containers))
        {
            var tag = container.Text("image").Split(':')[^1];
            Assert.True(Version.TryParse(tag, out _), $"{container.Text("image")} has no version.");
        }
    }

    private static long Mebibytes(string quantity) => quantity[^2..] switch
    {
        "Gi" => 1024 * long.Parse(quantity[..^2], CultureInfo.InvariantCulture),
        "Mi" => long.Parse(quantity[..^2], CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(quantity),
    };
}
