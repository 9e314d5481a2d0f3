using System.Text;
using Xunit;

namespace OrleansChat.Testing.Html;

/// <summary>A message on an <see cref="HtmlPage"/>.</summary>
public sealed class HtmlPageMessage
{
    private const string CodeEnd = "</code></pre>\n";

    private readonly List<string> blocks = [];
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);
    private readonly StringBuilder appended = new();
    private string open = "";
    private int openIndex;
    private bool mayKeep;

    /// <summary>Its finished blocks.</summary>
    public IReadOnlyList<string> Blocks => blocks;

    /// <summary>What it consists of beside its text.</summary>
    public IReadOnlyDictionary<string, string> Said => said;

    /// <summary>How it ended; null as long as it runs.</summary>
    public string? Status { get; private set; }

    /// <summary>What is shown.</summary>
    public string Html => string.Concat(blocks) + (openIndex < blocks.Count ? "" : appended.Length == 0 ? open : $"{open[..^CodeEnd.Length]}{appended}{CodeEnd}");

    /// <summary>A block is final.</summary>
    public void Finish(int index, string html)
    {
        Assert.InRange(index, 0, blocks.Count);
        if (index == blocks.Count)
        {
            blocks.Add(html);
        }

        blocks[index] = html;
        if (openIndex <= index)
        {
            open = "";
            appended.Clear();
        }
    }

    /// <summary>What comes after the blocks has changed.</summary>
    public void Open(int index, int keep, string html)
    {
        Assert.Equal(blocks.Count, index);
        Assert.True(keep == 0 || (mayKeep && openIndex == index), "Nothing was open that could be kept.");
        (open, openIndex, mayKeep) = (open[..keep] + html, index, true);
        appended.Clear();
    }

    /// <summary>The code that is open has grown.</summary>
    public void Append(int index, string text)
    {
        Assert.Equal(blocks.Count, index);
        Assert.Equal(openIndex, index);
        Assert.StartsWith("<pre", open, StringComparison.Ordinal);
        Assert.EndsWith(CodeEnd, open, StringComparison.Ordinal);
        appended.Append(Escape(text));
        mayKeep = false;
    }

    /// <summary>Something beside its text has grown.</summary>
    public void Say(string name, int offset, string text)
    {
        var before = said.GetValueOrDefault(name, "");
        Assert.InRange(offset, 0, before.Length);
        said[name] = before[..offset] + text;
    }

    /// <summary>It has ended.</summary>
    public void End(string status, int count)
    {
        Assert.InRange(count, 0, blocks.Count);
        blocks.RemoveRange(count, blocks.Count - count);
        (open, Status) = ("", status);
        appended.Clear();
    }

    /// <summary>The connection is a new one, which knows of nothing that could be kept.</summary>
    public void Reconnect() => mayKeep = false;

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
