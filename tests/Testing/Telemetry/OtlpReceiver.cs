using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Telemetry;

/// <summary>A collector on a free port of this machine: takes OTLP by HTTP and protocol buffers, and keeps all of it.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly Lock gate = new();
    private readonly List<byte[]> bodies = [];
    private readonly List<OtlpSpan> spans = [];
    private readonly List<OtlpPoint> points = [];
    private TaskCompletionSource arrived = NewSignal();

    private OtlpReceiver(WebApplication host) => this.host = host;

    /// <summary>The settings, as environment variables, that have a process send here, several times a second.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", host.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
    ];

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans => Locked(() => (IReadOnlyList<OtlpSpan>)[.. spans]);

    /// <summary>All values of metrics so far, oldest first.</summary>
    public IReadOnlyList<OtlpPoint> Points => Locked(() => (IReadOnlyList<OtlpPoint>)[.. points]);

    /// <summary>Starts a receiver.</summary>
    /// <param name="keepsOnlyBodies">Whether it reads nothing of what comes: for <see cref="TakeTexts"/>.</param>
    public static async Task<OtlpReceiver> StartAsync(bool keepsOnlyBodies = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", context => receiver.TakeAsync(context, keepsOnlyBodies ? null : body => receiver.spans.AddRange(OtlpSpan.Read(body))));
        app.MapPost("/v1/metrics", context => receiver.TakeAsync(context, keepsOnlyBodies ? null : body => receiver.points.AddRange(OtlpPoint.Read(body))));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Returns when something is there.</summary>
    /// <exception cref="TimeoutException">It did not come within <see cref="TestLimits.Signal"/>.</exception>
    public async Task<T> WhenAsync<T>(Func<OtlpReceiver, T?> find)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        while (true)
        {
            var next = Locked(() => arrived.Task);
            if (find(this) is { } found)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"It did not come. Spans: {string.Join(", ", Spans.Select(span => span.Name))}.", e);
            }
        }
    }

    /// <summary>Returns when a metric has a value; several with other tags are added up.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="expected">The value; of a histogram, how many values were recorded.</param>
    /// <param name="tags">What it is told apart by.</param>
    public async Task HasAsync(string name, double expected, params (string Name, string Value)[] tags)
    {
        try
        {
            await WhenAsync(receiver => receiver.Latest(name, tags) is { } latest && latest.Sum(point => point.Count > 0 ? point.Count : point.Value) == expected ? latest : null);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{name} is [{string.Join("; ", Latest(name, tags) ?? [])}] instead of {expected}.", e);
        }
    }

    /// <summary>The newest values of a metric, one for each set of tags and process; null where there are none.</summary>
    public IReadOnlyList<OtlpPoint>? Latest(string name, params (string Name, string Value)[] tags)
    {
        var found = Points.Where(point => point.Name == name && tags.All(tag => point.Tags.GetValueOrDefault(tag.Name) == tag.Value))
            .GroupBy(point => (point.Resource["service.instance.id"], string.Join(',', point.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))))
            .Select(group => group.Last())
            .ToArray();
        return found.Length == 0 ? null : found;
    }

    /// <summary>Whether any of the bytes received say something.</summary>
    public bool HasHeard(string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return Locked(() => bodies.Exists(body => body.AsSpan().IndexOf(sought) >= 0));
    }

    /// <summary>All that came since the last time, as text, and forgets it.</summary>
    public IReadOnlyList<string> TakeTexts() => Locked(() =>
    {
        string[] texts = [.. bodies.Select(Encoding.UTF8.GetString)];
        bodies.Clear();
        return texts;
    });

    /// <inheritdoc />
    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TakeAsync(HttpContext context, Action<byte[]>? take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (gate)
        {
            bodies.Add(body.ToArray());
            take?.Invoke(bodies[^1]);
            arrived.TrySetResult();
            arrived = NewSignal();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
