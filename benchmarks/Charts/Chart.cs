namespace OrleansChat.Benchmarks.Charts;

/// <summary>A picture of some figures.</summary>
/// <param name="Name">Of its file, without the suffix.</param>
/// <param name="Title">What it shows.</param>
internal abstract record Chart(string Name, string Title)
{
    protected const int Width = 880;
    protected const int Top = 64;
    protected const int Left = 76;

    /// <summary>The picture as SVG.</summary>
    public abstract string Render();

    /// <summary>A canvas with the title on it.</summary>
    protected Svg Begin(int height)
    {
        var svg = new Svg(Width, height);
        svg.Text(16, 26, Title, "start", Palette.Ink, 15, isBold: true);
        return svg;
    }

    /// <summary>What the colours mean, in a row below the title.</summary>
    protected static void Legend(Svg svg, IEnumerable<string> names, Palette palette)
    {
        var x = 16.0;
        foreach (var name in names)
        {
            svg.Rectangle(x, 39, 11, 11, palette.ColourOf(name));
            svg.Text(x + 16, 49, name, "start", Palette.Ink, 12);
            x += 16 + Svg.WidthOf(name, 12) + 18;
        }
    }
}
