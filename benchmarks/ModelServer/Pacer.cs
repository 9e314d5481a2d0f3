using System.Collections.Concurrent;
using System.IO.Pipelines;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>
/// One thread that sends every delta of every reply when it is due. A timer per delta would cost more than the delta, and would
/// fire on the runtime's millisecond grid, in bursts.
/// </summary>
internal sealed class Pacer : IDisposable
{
    // Up to four thousand wake-ups a second cost about two per cent of a core; at 30,000 deltas/s each sends eight.
    private static readonly TimeSpan s_tick = TimeSpan.FromMicroseconds(250);

    private readonly ConcurrentQueue<PacedReply> arrivals = new();
    private readonly PriorityQueue<PacedReply, long> waiting = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread thread;
    private PacingReport report = new();

    public Pacer()
    {
        thread = new Thread(Run) { IsBackground = true, Name = nameof(Pacer) };
        thread.Start();
    }

    public Task<bool> StreamAsync(PacedReply reply)
    {
        reply.Start(MonotonicClock.Now);
        Enter(reply);
        return reply.Ended;
    }

    /// <summary>How punctual the pacer was since this was last asked.</summary>
    public PacingReport TakeReport() => Interlocked.Exchange(ref report, new PacingReport());

    public void Dispose()
    {
        stopping.Cancel();
        thread.Join();
        stopping.Dispose();
        arrived.Dispose();
    }

    private void Enter(PacedReply reply)
    {
        arrivals.Enqueue(reply);
        arrived.Release();
    }

    private void Run()
    {
        ThreadPrecedence.Take();
        try
        {
            while (true)
            {
                AdmitArrivals();
                SendAllDue();
                HighResolutionSleep.For(s_tick);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void AdmitArrivals()
    {
        // With nothing to send, wait for the next arrival; otherwise take what is there and go on.
        while (arrived.Wait(waiting.Count == 0 ? Timeout.Infinite : 0, stopping.Token) && arrivals.TryDequeue(out var reply))
        {
            waiting.Enqueue(reply, reply.Due);
        }
    }

    private void SendAllDue()
    {
        while (waiting.TryPeek(out var reply, out var due) && due <= MonotonicClock.Now)
        {
            waiting.Dequeue();
            var now = MonotonicClock.Now;
            Volatile.Read(ref report).Sent(reply.IsHeldUp ? 0 : now - due);
            var flush = reply.SendNext(now);
            if (flush.IsCompletedSuccessfully)
            {
                Continue(reply, flush.Result, next => waiting.Enqueue(next, next.Due));
            }
            else
            {
                _ = ContinueWhenFlushedAsync(reply, flush);
            }
        }
    }

    private async Task ContinueWhenFlushedAsync(PacedReply reply, ValueTask<FlushResult> flush)
    {
        try
        {
            var result = await flush;
            reply.Unblocked();
            Continue(reply, result, Enter);
        }
        catch (Exception)
        {
            // Whatever broke the connection, the reply has lost its reader, and the client is the one to report it.
            reply.End(isComplete: false);
        }
    }

    private static void Continue(PacedReply reply, FlushResult flushed, Action<PacedReply> next)
    {
        if (reply.Left == 0 || flushed.IsCompleted || flushed.IsCanceled)
        {
            reply.End(isComplete: reply.Left == 0);
        }
        else
        {
            next(reply);
        }
    }
}
