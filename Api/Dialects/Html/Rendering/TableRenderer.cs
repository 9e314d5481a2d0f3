using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Tables, scrolled by themselves, also with the keyboard. Alignment is a class: a strict page allows no styles in attributes.</summary>
internal sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table obj)
    {
        renderer.EnsureLine();
        renderer.Write("<div class=\"table-scroll\" tabindex=\"0\"><table>\n".AsSpan());
        var part = "";
        foreach (var row in obj.OfType<TableRow>())
        {
            var next = row.IsHeader ? "thead" : "tbody";
            if (part != next)
            {
                End(renderer, part);
                renderer.Write($"<{next}>\n".AsSpan());
                part = next;
            }

            WriteRow(renderer, obj, row);
        }

        End(renderer, part);
        renderer.Write("</table></div>\n".AsSpan());
    }

    private static void End(HtmlRenderer renderer, string part)
    {
        if (part.Length > 0)
        {
            renderer.Write($"</{part}>\n".AsSpan());
        }
    }

    private static void WriteRow(HtmlRenderer renderer, Table table, TableRow row)
    {
        var tag = row.IsHeader ? "th" : "td";
        renderer.Write("<tr>\n".AsSpan());
        for (var i = 0; i < row.Count; i++)
        {
            renderer.Write($"<{tag}{Alignment(table, i)}>");
            WriteCell(renderer, (TableCell)row[i]);
            renderer.Write($"</{tag}>\n".AsSpan());
        }

        renderer.Write("</tr>\n".AsSpan());
    }

    private static void WriteCell(HtmlRenderer renderer, ContainerBlock cell)
    {
        var before = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.WriteChildren(cell);
        renderer.ImplicitParagraph = before;
    }

    private static string Alignment(Table table, int column) =>
        (column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null) switch
        {
            TableColumnAlign.Left => " class=\"align-left\"",
            TableColumnAlign.Center => " class=\"align-center\"",
            TableColumnAlign.Right => " class=\"align-right\"",
            _ => "",
        };
}
