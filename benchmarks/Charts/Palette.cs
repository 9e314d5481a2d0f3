namespace OrleansChat.Benchmarks.Charts;

/// <summary>A colour for each name: a target has the same in every chart, and anything else the next that is free.</summary>
internal sealed class Palette
{
    public const string Paper = "#ffffff";
    public const string Ink = "#24292f";
    public const string Faint = "#6e7781";
    public const string Grid = "#e4e7eb";

    private static readonly Dictionary<string, string> s_targets = new()
    {
        ["direct"] = "#9aa4ae",
        ["relay"] = "#3b7dd8",
        ["hub"] = "#3b7dd8",
        ["express"] = "#d98e04",
        ["resumable-stream"] = "#8f5bbd",
        ["fastapi"] = "#1f9d8a",
        ["nchan"] = "#5c8a2d",
        ["orleanschat"] = "#d1344b",
    };

    private static readonly string[] s_others = ["#d1344b", "#3b7dd8", "#1f9d8a", "#d98e04", "#8f5bbd", "#5c8a2d"];

    private readonly Dictionary<string, string> others = [];

    public string ColourOf(string name)
    {
        if (s_targets.TryGetValue(name, out var colour) || others.TryGetValue(name, out colour))
        {
            return colour;
        }

        return others[name] = s_others[others.Count % s_others.Length];
    }
}
