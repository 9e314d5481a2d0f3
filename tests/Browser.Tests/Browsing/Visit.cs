using System.Collections.Concurrent;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Evidence;
using OrleansChat.Testing.Time;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>
/// One visitor with a browser of his own: cookies and storage that nobody else has. What his browser complains about (scripts that
/// fail, content that the policy blocks) fails the test, and of a test that fails there is evidence afterwards.
/// </summary>
public sealed class Visit
{
    private static readonly float Patience = (float)TestLimits.Signal.TotalMilliseconds;

    // The page before and after each step. A sixth of what all of this computes, for something that is rarely looked at.
    private static readonly bool KeepsSnapshots = Environment.GetEnvironmentVariable("ORLEANSCHAT_TEST_SNAPSHOTS") == "true";

    private const string Watch = """
        addEventListener('securitypolicyviolation', event =>
          console.error(`policy violated: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
        {
          const shifts = [];
          const keep = entries => shifts.push(...entries.filter(entry => !entry.hadRecentInput).map(entry => ({
            value: entry.value,
            of: entry.sources.map(source => (source.node?.outerHTML ?? source.node?.textContent ?? '').slice(0, 120)),
          })));
          const observer = new PerformanceObserver(list => keep(list.getEntries()));
          observer.observe({ type: 'layout-shift', buffered: true });
          // What the page looks like now is laid out at the end of this frame, and told to observers later still: by the second frame it is.
          window.takeShifts = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
            keep(observer.takeRecords());
            done(shifts.splice(0));
          })));
        }
        """;

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly TaskCompletionSource complained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri address;
    private readonly VisitOptions options;

    private Visit(Uri address, VisitOptions options, IBrowserContext context)
    {
        this.address = address;
        this.options = options;
        Context = context;
    }

    /// <summary>His browser.</summary>
    public IBrowserContext Context { get; }

    /// <summary>Whether he has come with a phone.</summary>
    public bool IsPhone => options.IsPhone;

    /// <summary>What his browser has complained about without need.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <summary>Waits until his browser has complained.</summary>
    public Task ComplainedAsync() => complained.Task.WaitAsync(TestLimits.Signal);

    /// <summary>Visits the page.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="options">What the visitor comes with.</param>
    /// <param name="test">The test, by whose name evidence is kept.</param>
    /// <param name="steps">What the visitor does.</param>
    public static async Task RunAsync(Uri address, VisitOptions options, string test, Func<ChatPage, Task> steps)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var browser = await Chromium.BrowserAsync();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ColorScheme = options.ColorScheme,
            ReducedMotion = options.ReducesMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            HasTouch = options.IsPhone,
            IsMobile = options.IsPhone,
            Locale = "en-GB",
            TimezoneId = "UTC",
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(address, options, context);
        visit.Listen();
        await context.AddInitScriptAsync(Watch);
        await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = KeepsSnapshots });
        try
        {
            var page = await visit.OpenAsync(options.Fragment);
            await steps(page);
            await visit.HearAsync();
            Assert.Empty(visit.Complaints);
        }
        catch (Exception failure)
        {
            throw new VisitFailedException(failure, await FailureEvidence.KeepAsync(test, visit));
        }
    }

    /// <summary>Opens another tab.</summary>
    /// <param name="fragment">Where on the site: a fragment, such as <c>#/conv_…</c>.</param>
    public async Task<ChatPage> OpenAsync(string fragment = "")
    {
        var tab = new ChatPage(await Context.NewPageAsync(), this);
        await tab.GoAsync(new Uri(address, "/" + fragment));
        return tab;
    }

    // What a tab has said comes before what it answers.
    private async Task HearAsync()
    {
        foreach (var tab in Context.Pages)
        {
            await tab.EvaluateAsync("() => new Promise(done => setTimeout(done))");
        }
    }

    private void Complain(string complaint)
    {
        complaints.Enqueue(complaint);
        complained.TrySetResult();
    }

    // What happens is told by the console of each tab, also of one that is reloaded.
    private void Listen()
    {
        Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !options.Complaints.Any(part => message.Text.Contains(part, StringComparison.Ordinal)))
            {
                Complain($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        Context.WebError += (_, error) => Complain($"uncaught: {error.Error}");
    }
}
