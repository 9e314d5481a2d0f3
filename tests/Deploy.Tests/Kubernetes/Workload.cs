using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>Reads what runs pods.</summary>
internal static class Workload
{
    /// <summary>What every pod of it is.</summary>
    public static JsonNode Pod(this JsonNode workload) => workload.At("spec/template/spec")!;

    /// <summary>The labels of its pods.</summary>
    public static Dictionary<string, string> PodLabels(this JsonNode workload) => workload.Pairs("spec/template/metadata/labels");

    /// <summary>All containers of its pods, also those that run first.</summary>
    public static IEnumerable<JsonNode> Containers(this JsonNode workload) =>
        workload.Pod().Items("initContainers").Concat(workload.Pod().Items("containers"));

    /// <summary>The number of a container's port by its name.</summary>
    public static long Port(this JsonNode container, string name) =>
        container.Items("ports").Single(port => port.Text("name") == name).Number("containerPort");

    /// <summary>The variable of a container that is written out.</summary>
    public static string Variable(this JsonNode container, string name) =>
        container.Items("env").Single(variable => variable.Text("name") == name).Text("value");

    /// <summary>Whether a selector of labels takes in these.</summary>
    public static bool Selects(this JsonNode selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Pairs("matchLabels").All(label => labels.GetValueOrDefault(label.Key) == label.Value)
        && selector.Items("matchExpressions").All(expression =>
            expression.Text("operator") == "In"
                ? expression.Items("values").Any(value => value.ToString() == labels.GetValueOrDefault(expression.Text("key")))
                : throw new NotSupportedException(expression.ToJsonString()));
}
