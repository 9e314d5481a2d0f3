namespace OrleansChat.Benchmarks.Charts;

/// <summary>How an axis is divided.</summary>
internal enum AxisKind
{
    /// <summary>Equal steps, from zero.</summary>
    Linear,

    /// <summary>Powers of ten.</summary>
    Logarithmic,

    /// <summary>Percentiles, ever finer towards the slowest: half, 90 %, 99 %, 99.9 % … at equal distances.</summary>
    Nines,
}

/// <summary>An axis: what it measures, and in which steps.</summary>
internal sealed record Axis(string Unit, AxisKind Kind)
{
    private const int Steps = 5;

    /// <summary>A number as short as it gets without saying something else.</summary>
    public static string Format(double value) => Math.Abs(value) switch
    {
        >= 10_000 => $"{value / 1000:#,0.#}k",
        >= 100 => $"{value:0}",
        >= 10 => $"{value:0.#}",
        _ => $"{value:0.##}",
    };

    /// <summary>Where between the ends a value stands, from 0 to 1.</summary>
    public double PositionOf(double value, AxisRange range) => (Map(value) - Map(range.From)) / (Map(range.To) - Map(range.From));

    /// <summary>From where to where the axis goes, to have room for all values.</summary>
    public AxisRange RangeOf(IReadOnlyList<double> values)
    {
        var (least, most) = values.Count == 0 ? (0.1, 1) : (values.Min(), values.Max());
        return Kind switch
        {
            AxisKind.Logarithmic => new(Math.Pow(10, Math.Floor(Math.Log10(least))), Math.Pow(10, Math.Max(Math.Ceiling(Math.Log10(most)), Math.Floor(Math.Log10(least)) + 1))),
            AxisKind.Nines => new(0, Math.Max(most, 0.9)),
            _ => new(0, Step(most) * Math.Ceiling(most / Step(most))),
        };
    }

    /// <summary>Where the axis is labelled, and with what.</summary>
    public IEnumerable<(double Value, string Label)> TicksOf(AxisRange range) => Kind switch
    {
        AxisKind.Logarithmic => Enumerable.Range(0, 12)
            .Select(exponent => range.From * Math.Pow(10, exponent))
            .TakeWhile(value => value <= range.To * 1.0001)
            .Select(value => (value, Format(value))),
        AxisKind.Nines => new[] { 0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999 }
            .TakeWhile(share => share <= range.To)
            .Select(share => (share, $"{share * 100:0.####} %")),
        _ => Enumerable.Range(0, 20)
            .Select(step => step * Step(range.To))
            .TakeWhile(value => value <= range.To * 1.0001)
            .Select(value => (value, Format(value))),
    };

    private double Map(double value) => Kind switch
    {
        AxisKind.Logarithmic => Math.Log10(value),
        AxisKind.Nines => -Math.Log10(1 - Math.Min(value, 0.9999999)),
        _ => value,
    };

    // 1, 2 or 5 times a power of ten.
    private static double Step(double most)
    {
        var rough = Math.Max(most, 1e-9) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch
        {
            <= 1.0001 => 1,
            <= 2.0001 => 2,
            <= 5.0001 => 5,
            _ => 10,
        };
    }
}

/// <summary>The ends of an axis.</summary>
internal sealed record AxisRange(double From, double To);
