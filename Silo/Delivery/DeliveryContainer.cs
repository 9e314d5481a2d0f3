using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>One batch on a node's stream, in the form in which Orleans passes it on.</summary>
/// <param name="stream">The node's stream.</param>
/// <param name="batch">The batch.</param>
/// <param name="number">Its number on the silo that published it. Of no meaning to others: each silo counts for itself.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.DeliveryContainer")]
internal sealed class DeliveryContainer(StreamId stream, DeliveryBatch batch, long number) : IBatchContainer
{
    // Asked for several times on its way.
    [NonSerialized]
    private EventSequenceTokenV2? token;

    /// <inheritdoc />
    [Id(0)]
    public StreamId StreamId { get; } = stream;

    /// <summary>The batch.</summary>
    [Id(1)]
    public DeliveryBatch Batch { get; } = batch;

    /// <summary>The batch's number on its silo.</summary>
    [Id(2)]
    public long Number { get; } = number;

    /// <inheritdoc />
    public StreamSequenceToken SequenceToken => token ??= new EventSequenceTokenV2(Number);

    /// <inheritdoc />
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Batch is T next ? [Tuple.Create(next, SequenceToken)] : [];

    /// <inheritdoc />
    public bool ImportRequestContext() => false;
}
