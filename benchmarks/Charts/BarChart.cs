namespace OrleansChat.Benchmarks.Charts;

/// <summary>A bar per target, in a group per load.</summary>
internal sealed record BarChart(string Name, string Title, string Unit, IReadOnlyList<BarGroup> Groups) : Chart(Name, Title)
{
    private const int BarHeight = 20;
    private const int BarGap = 4;
    private const int HeadHeight = 26;
    private const int GroupGap = 14;
    private const int NameWidth = 140;
    private const int ValueWidth = 110;

    public override string Render()
    {
        var palette = new Palette();
        var height = Top + Groups.Sum(group => HeadHeight + (group.Bars.Count * (BarHeight + BarGap)) + GroupGap);
        var svg = Begin(height);
        var longest = Groups.SelectMany(group => group.Bars).Select(bar => bar.Value).DefaultIfEmpty(1).Max();
        double y = Top - 20;
        foreach (var group in Groups)
        {
            svg.Text(16, y + 17, group.Name, "start", Palette.Faint, 12);
            y += HeadHeight;
            foreach (var bar in group.Bars)
            {
                var width = Math.Max(1, bar.Value / longest * (Width - NameWidth - ValueWidth));
                svg.Text(NameWidth - 8, y + 14, bar.Name, "end", Palette.Ink, 12);
                svg.Rectangle(NameWidth, y, width, BarHeight, palette.ColourOf(bar.Name));
                svg.Text(NameWidth + width + 6, y + 14, $"{Axis.Format(bar.Value)} {Unit}", "start", Palette.Ink, 12);
                y += BarHeight + BarGap;
            }

            y += GroupGap;
        }

        return svg.ToString();
    }
}
