namespace OrleansChat.Benchmarks.Charts;

/// <summary>Lines over two axes.</summary>
internal sealed record LineChart(string Name, string Title, Axis Horizontal, Axis Vertical, IReadOnlyList<Line> Lines) : Chart(Name, Title)
{
    private const int Height = 420;
    private const int Right = Width - 24;
    private const int Bottom = Height - 48;

    public override string Render()
    {
        var svg = Begin(Height);
        var palette = new Palette();
        var points = Lines.SelectMany(line => line.Points).ToArray();
        var horizontal = Horizontal.RangeOf([.. points.Select(point => point.X)]);
        var vertical = Vertical.RangeOf([.. points.Select(point => point.Y)]);
        Legend(svg, Lines.Select(line => line.Name), palette);
        foreach (var (value, label) in Vertical.TicksOf(vertical))
        {
            var y = Y(value);
            svg.Line(Left, y, Right, y, Palette.Grid);
            svg.Text(Left - 8, y + 4, $"{label} {Vertical.Unit}", "end", Palette.Faint, 11);
        }

        foreach (var (value, label) in Horizontal.TicksOf(horizontal))
        {
            var x = X(value);
            svg.Line(x, Top, x, Bottom, Palette.Grid);
            svg.Text(x, Bottom + 18, label, "middle", Palette.Faint, 11);
        }

        svg.Text(Right, Bottom + 38, Horizontal.Unit, "end", Palette.Faint, 11);
        foreach (var line in Lines)
        {
            var colour = palette.ColourOf(line.Name);
            svg.Path(line.Points.Select(point => (X(point.X), Y(point.Y))), colour);
            foreach (var (x, y) in line.Points)
            {
                svg.Dot(X(x), Y(y), colour);
            }
        }

        return svg.ToString();

        double X(double value) => Left + (Horizontal.PositionOf(value, horizontal) * (Right - Left));

        double Y(double value) => Bottom - (Vertical.PositionOf(value, vertical) * (Bottom - Top));
    }
}
