using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Testing;

namespace OrleansChat.Browser.Tests.Evidence;

/// <summary>
/// What is kept of a visit that failed, in <c>artifacts/test/browser/{test}</c>: of each tab a picture and its elements, and a trace of all
/// that was done (<c>npx playwright show-trace trace.zip</c>).
/// </summary>
internal static class FailureEvidence
{
    /// <summary>Keeps it.</summary>
    /// <returns>Where it is, and what the browser said.</returns>
    public static async Task<string> KeepAsync(string test, Visit visit)
    {
        var directory = Repository.PathOf(Path.Combine("artifacts", "test", "browser", test));
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        Directory.CreateDirectory(directory);
        var said = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Evidence: {directory}");
        foreach (var complaint in visit.Complaints)
        {
            said.AppendLine(complaint);
        }

        try
        {
            await visit.Context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(directory, "trace.zip") });
            foreach (var (number, page) in visit.Context.Pages.Index())
            {
                await File.WriteAllTextAsync(Path.Combine(directory, $"tab-{number + 1}.html"), await page.ContentAsync());
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"tab-{number + 1}.png"), Timeout = 5000 });
            }
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The failure itself is what matters.
            said.AppendLine(CultureInfo.InvariantCulture, $"Not all of it could be had: {e.Message}");
        }

        return said.ToString();
    }
}
