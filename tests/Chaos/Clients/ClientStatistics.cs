using System.Collections.Concurrent;
using System.Net.Sockets;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Clients;

/// <summary>What all clients of a phase have met with.</summary>
internal sealed class ClientStatistics
{
    private readonly ConcurrentQueue<Violation> violations = new();
    private readonly ConcurrentDictionary<string, int> answers = new(StringComparer.Ordinal);
    private int reconnects;

    /// <summary>Promises that were seen broken.</summary>
    public IReadOnlyCollection<Violation> Violations => violations;

    /// <summary>How often streams were opened again.</summary>
    public int Reconnects => reconnects;

    /// <summary>How often a request got something else than what it asked for, by what it got.</summary>
    public IReadOnlyDictionary<string, int> Answers => answers;

    /// <summary>Notes a broken promise.</summary>
    public void Complain(ViolationKind kind, string where, string detail) => violations.Enqueue(new Violation(kind, where, detail));

    /// <summary>Counts a stream that was opened again.</summary>
    public void CountReconnect() => Interlocked.Increment(ref reconnects);

    /// <summary>Counts a stream that was cut off or could not be opened.</summary>
    public void CountBreak(Exception exception) => Count($"stream: {NameOf(exception)}");

    /// <summary>Counts an answer that was not the one hoped for.</summary>
    public void Count(string answer) => answers.AddOrUpdate(answer, 1, static (_, count) => count + 1);

    /// <summary>What happened to a connection, in few words.</summary>
    public static string NameOf(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: SocketException e } => $"{e.SocketErrorCode}",
        HttpRequestException e => $"{e.HttpRequestError}",
        HttpIOException e => $"{e.HttpRequestError}",
        OperationCanceledException => "no answer in time",
        IOException { InnerException: SocketException e } => $"{e.SocketErrorCode}",
        _ => exception.GetType().Name,
    };
}
