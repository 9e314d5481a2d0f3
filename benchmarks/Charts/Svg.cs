using System.Globalization;
using System.Net;
using System.Text;

namespace OrleansChat.Benchmarks.Charts;

/// <summary>As much of SVG as the charts need. Coordinates are pixels from the upper left.</summary>
internal sealed class Svg
{
    private readonly StringBuilder content = new();

    public Svg(int width, int height)
    {
        Append($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, sans-serif">""");

        // A page in the dark would make the ink invisible.
        Rectangle(0, 0, width, height, Palette.Paper);
    }

    /// <summary>About how wide a text gets, whichever font there is.</summary>
    public static double WidthOf(string text, double size) => text.Length * size * 0.56;

    public void Rectangle(double x, double y, double width, double height, string colour) =>
        Append($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{colour}"/>""");

    public void Line(double x1, double y1, double x2, double y2, string colour) =>
        Append($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}"/>""");

    public void Path(IEnumerable<(double X, double Y)> points, string colour) => Append(
        $"""<polyline points="{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}" fill="none" stroke="{colour}" stroke-width="2"/>""");

    public void Dot(double x, double y, string colour) => Append($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3" fill="{colour}"/>""");

    /// <summary>Writes a line of text on a base line.</summary>
    /// <param name="x">Where, as <paramref name="anchor"/> says.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">What.</param>
    /// <param name="anchor">Which part of the text is at <paramref name="x"/>: start, middle or end.</param>
    /// <param name="colour">Of the letters.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="isBold">Whether it is a title.</param>
    public void Text(double x, double y, string text, string anchor, string colour, double size, bool isBold = false) => Append(
        $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="{colour}" font-size="{size}"{(isBold ? " font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(text)}</text>""");

    public override string ToString() => content + "</svg>\n";

    private void Append(FormattableString element) => content.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
