using System.Collections.Concurrent;
using System.Text;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Sends malformed requests, several at a time, and keeps what came back.</summary>
public sealed class MalformedRun
{
    // Longer than the server waits for anything in a request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentQueue<string> wrong = new();

    /// <summary>How often each status came; 0 is no answer.</summary>
    public IReadOnlyDictionary<int, int> Statuses => statuses;

    /// <summary>What was answered with anything but 4xx.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Sends requests.</summary>
    /// <param name="http">Where to.</param>
    /// <param name="requests">What to make them with.</param>
    /// <param name="count">How many.</param>
    /// <param name="atOnce">How many at a time.</param>
    public async Task SendAsync(RawHttp http, MalformedRequests requests, int count, int atOnce = 16)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(requests);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, _) =>
        {
            var request = requests.Make(number);
            var answer = await http.SendAsync(request.Bytes, Patience);
            statuses.AddOrUpdate(answer.Status, 1, (_, before) => before + 1);
            if (answer.Status is < 400 or >= 500)
            {
                wrong.Enqueue($"{number} {request.Operation}, {request.Fault}: {answer.Status} {Beginning(answer.Body)} to {Beginning(Encoding.Latin1.GetString(request.Bytes.Span))}");
            }
        });
    }

    private static string Beginning(string text) => text[..Math.Min(text.Length, 400)];
}
