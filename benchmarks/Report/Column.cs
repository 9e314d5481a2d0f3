namespace OrleansChat.Benchmarks.Report;

/// <summary>A column of a table: its title, and the text of a row's cell.</summary>
internal sealed partial record Column(string Title, Func<Row, string> Cell, bool IsText = false);

/// <summary>What a row is about.</summary>
/// <param name="Summary">The case.</param>
/// <param name="Baseline">The baseline's case under the same load; null if there is none.</param>
internal sealed record Row(CaseSummary Summary, CaseSummary? Baseline);
