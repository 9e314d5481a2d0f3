using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Grafana;

/// <summary>The dashboard asks for what there is.</summary>
public partial class DashboardTests
{
    private readonly JsonNode dashboard = JsonNode.Parse(Repository.Read("deploy/grafana/orleanschat.json"))!;

    private IEnumerable<JsonNode> Charts => dashboard.Items("panels").Where(panel => panel.Text("type") != "row");

    private IReadOnlyList<string> Queries =>
        [.. Charts.SelectMany(panel => panel.Items("targets")).Select(target => target.Text("expr")), dashboard.Text("templating/list/1/query/query")];

    [Fact]
    public async Task Every_metric_that_it_asks_for_is_one_that_the_product_emits()
    {
        var emitted = (await ProductMetrics.ListAsync()).Select(metric => metric.Metric).ToHashSet();

        var asked = Queries.SelectMany(MetricsIn).Distinct().ToArray();

        Assert.All(Queries, query => Assert.NotEmpty(MetricsIn(query)));
        Assert.All(asked, metric => Assert.Contains(metric, emitted));
    }

    [Fact]
    public async Task It_shows_every_instrument_that_the_product_has()
    {
        var own = (await ProductMetrics.ListAsync()).Where(metric => metric.IsOwn).ToLookup(metric => metric.Instrument, metric => metric.Metric);
        var asked = Queries.SelectMany(MetricsIn).ToHashSet();

        Assert.NotEmpty(own);
        Assert.All(own, instrument => Assert.True(instrument.Any(asked.Contains), $"Nothing shows {instrument.Key}."));
    }

    [Fact]
    public void Its_data_source_is_for_whoever_imports_it_to_choose()
    {
        Assert.Equal(("datasource", "prometheus"), (dashboard.Text("templating/list/0/type"), dashboard.Text("templating/list/0/query")));
        Assert.All(Charts.SelectMany(panel => panel.Items("targets")).Concat(Charts), node => Assert.Equal("${datasource}", node.Text("datasource/uid")));
    }

    [Fact]
    public void Panels_have_titles_and_ids_of_their_own_and_do_not_overlap()
    {
        var panels = dashboard.Items("panels").ToArray();
        var cells = panels.SelectMany(panel =>
            from x in Enumerable.Range((int)panel.Number("gridPos/x"), (int)panel.Number("gridPos/w"))
            from y in Enumerable.Range((int)panel.Number("gridPos/y"), (int)panel.Number("gridPos/h"))
            select (x, y)).ToArray();

        Assert.Equal(panels.Length, panels.Select(panel => panel.Number("id")).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => panel.Text("title")).Where(title => title.Length > 0).Distinct().Count());
        Assert.Equal(cells.Length, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.x, 0, 23));
    }

    // Every query names what it selects from.
    private static IEnumerable<string> MetricsIn(string query) => Selector().Matches(query).Select(match => match.Groups["metric"].Value);

    [GeneratedRegex(@"(?<metric>[a-z_][a-z0-9_]*)\{", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Selector();
}
