using System.Runtime.CompilerServices;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Reads an endpoint's stream and stops it when one event grows beyond bounds: the parser gathers an event in memory until its
/// end comes, and a broken or hostile endpoint may never send it.
/// </summary>
internal sealed class EventBudgetStream(Stream inner, int mostBytes = EventBudgetStream.MostBytes) : ReadOnlyStream
{
    /// <summary>The bytes that may come without an event being complete: 1 MiB, thousands of times a usual event. Give or take a buffer, for the parser reads ahead.</summary>
    public const int MostBytes = 1024 * 1024;

    private int sinceEvent;

    /// <summary>Tells that an event is complete.</summary>
    public void EventCompleted() => sinceEvent = 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The event is too long.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        sinceEvent += read;
        return sinceEvent <= mostBytes ? read : throw new InvalidDataException($"An event has more than {mostBytes} bytes.");
    }
}
