using Microsoft.Playwright;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>What a visitor comes with.</summary>
public sealed record VisitOptions
{
    /// <summary>A computer with a light screen.</summary>
    public static VisitOptions Default { get; } = new();

    /// <summary>A phone.</summary>
    public static VisitOptions Phone { get; } = new() { Width = 390, Height = 844, IsPhone = true };

    /// <summary>The width of the window, in CSS pixels. Default: 1280.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Its height. Default: 800.</summary>
    public int Height { get; init; } = 800;

    /// <summary>Whether it is a phone, with a touch screen. Default: no.</summary>
    public bool IsPhone { get; init; }

    /// <summary>What the system is set to. Default: light.</summary>
    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    /// <summary>Whether the system is set to as little motion as possible. Default: no.</summary>
    public bool ReducesMotion { get; init; }

    /// <summary>Where on the site the visit begins: a fragment, such as <c>#/conv_…</c>. Default: nowhere in particular.</summary>
    public string Fragment { get; init; } = "";

    /// <summary>
    /// What the browser may complain about in its console, because the test has it happen: parts of messages. Anything else fails the
    /// test. Default: nothing.
    /// </summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>A visit during which the network, or the server, fails.</summary>
    public VisitOptions WithBreaks => this with { Complaints = [.. Complaints, "net::ERR_", "status of 50"] };

    /// <summary>A visit during which the server answers with this status where it is asked for.</summary>
    /// <param name="status">The status.</param>
    public VisitOptions WithStatus(int status) => this with { Complaints = [.. Complaints, $"status of {status}"] };
}
