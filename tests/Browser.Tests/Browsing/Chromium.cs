using Microsoft.Playwright;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>
/// The machine's own browser, Chromium or one of its kind, driven by Playwright. One process for all tests; each test is a visitor of
/// its own in it.
/// </summary>
internal static class Chromium
{
    // The first has no windows, and takes two thirds of the time that the others take.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
    private static readonly Lazy<string?> Program = new(Find);
    private static readonly Lazy<Task<IBrowser>> Launched = new(LaunchAsync);

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Unmet { get; } = Program.Value is null
        ? "No browser was found: Chromium (Debian: apt-get install chromium-headless-shell, or chromium), or ORLEANSCHAT_CHROMIUM names one."
        : null;

    /// <summary>The browser, started when it is first asked for. It ends with the tests' process.</summary>
    public static Task<IBrowser> BrowserAsync() => Launched.Value;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ORLEANSCHAT_CHROMIUM") is { Length: > 0 } chosen)
        {
            return File.Exists(chosen) ? chosen : null;
        }

        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => directories.Select(directory => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program.Value,

            // Fonts are drawn alike everywhere, and on few cores nothing is drawn that nobody sees.
            Args = ["--font-render-hinting=none", "--disable-gpu"],
        });
    }
}
