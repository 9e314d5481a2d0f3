using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>What happens to pods when they are replaced, moved and counted.</summary>
public class RolloutTests
{
    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task A_pod_is_replaced_before_it_leaves(string folder)
    {
        foreach (var workload in (await Manifests.RenderAsync(folder)).Workloads)
        {
            Assert.Equal(0, workload.Number("spec/strategy/rollingUpdate/maxUnavailable"));
            Assert.Equal(1, workload.Number("spec/strategy/rollingUpdate/maxSurge"));
            Assert.NotEqual(0, workload.Number("spec/minReadySeconds"));
        }
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Each_workload_has_a_budget_that_lets_one_pod_go(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        var budgets = manifests.OfKind("PodDisruptionBudget").ToList();

        Assert.All(manifests.Workloads, workload =>
        {
            var budget = Assert.Single(budgets, budget => budget.At("spec/selector")!.Selects(workload.PodLabels()));
            Assert.Equal(1, budget.Number("spec/maxUnavailable"));
        });
        Assert.Equal(manifests.Workloads.Count(), budgets.Count);
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Each_workload_takes_its_own_pods_for_its_own_and_spreads_them(string folder)
    {
        var workloads = (await Manifests.RenderAsync(folder)).Workloads.ToList();
        foreach (var workload in workloads)
        {
            foreach (var selector in workload.Pod().Items("topologySpreadConstraints").Select(c => c.At("labelSelector")!).Append(workload.At("spec/selector")!))
            {
                Assert.Equal([workload], workloads.Where(other => selector.Selects(other.PodLabels())));
            }

            Assert.Equal(
                ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
                workload.Pod().Items("topologySpreadConstraints").Select(constraint => constraint.Text("topologyKey")));
        }
    }
}
