using System.Globalization;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Feel;

/// <summary>A long reply that comes fast.</summary>
[Collection(nameof(ChatSite))]
public class LongReplyTests(ChatSite site, ITestOutputHelper output)
{
    // A frame at 60 a second takes 16.7 ms. Where others work on the machine too some come late; most do not.
    private const double MostOfAFrame = 17.5;

    private const string Watch =
        """
        () => {
          window.frames = [];
          window.longTasks = [];
          new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' });
          let last = performance.now();
          const frame = now => { window.frames.push(now - last); last = now; window.watching && requestAnimationFrame(frame); };
          window.watching = true;
          requestAnimationFrame(frame);
        }
        """;

    [BrowserFact]
    public Task A_long_reply_is_drawn_to_its_end_without_anything_that_jumps() => site.VisitAsync(async page =>
    {
        await page.Model.SelectOptionAsync("demo");
        await Expect(page.Tab.GetByRole(AriaRole.Complementary, new() { Name = "Demo model" })).ToBeVisibleAsync();
        await page.ForgetShiftsAsync();
        await page.Tab.EvaluateAsync(Watch);
        await page.SayAndHearAsync("Everything about the sky, please. [demo: tokens=2000 rate=600]");
        var frames = await page.Tab.EvaluateAsync<double[]>("() => { window.watching = false; return window.frames.slice(1).sort((a, b) => a - b) }");
        var tasks = await page.Tab.EvaluateAsync<double[]>("() => window.longTasks");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{frames.Length} frames: {frames[frames.Length / 2]:0.0} ms at the median, {frames[(int)(frames.Length * 0.95)]:0.0} ms p95, {frames[^1]:0.0} ms at most; {tasks.Length} tasks over 50 ms, the longest {tasks.DefaultIfEmpty().Max():0} ms"));

        Assert.InRange(frames[frames.Length / 2], 0, MostOfAFrame);
        await page.AssertNothingShiftedAsync();
        await Undisturbed.AssertSameAsync(site, page);
    });
}
