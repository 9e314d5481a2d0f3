using System.Text;
using OrleansChat.Benchmarks.Experiments;

namespace OrleansChat.Benchmarks.Report;

/// <summary>One row per case, and the ratios to the baseline under the same load.</summary>
internal static class MarkdownTable
{
    public static string Render(Experiment experiment, IReadOnlyList<CaseSummary> cases)
    {
        var columns = experiment.Columns;
        var table = new StringBuilder()
            .AppendLine(Line(columns.Select(column => column.Title)))
            .AppendLine(Line(columns.Select(column => column.IsText ? "---" : "---:")));
        foreach (var summary in cases)
        {
            var row = new Row(summary, cases.FirstOrDefault(other => experiment.IsBaseline(other.Best.Case, summary.Best.Case)));
            table.AppendLine(Line(columns.Select(column => column.Cell(row))));
        }

        return table.ToString();
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
