using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Models;

/// <summary>Tells API nodes, which know no models themselves, what the silos are configured with. Key 0.</summary>
[Alias("OrleansChat.IModelsGrain")]
public interface IModelsGrain : IGrainWithIntegerKey
{
    /// <summary>The configured models, the default one first. Which are available is what the silo that is asked has seen.</summary>
    [Alias("List"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ImmutableArray<ModelInfo>> List();
}

/// <summary>A model that conversations can use.</summary>
/// <param name="Id">The name by which requests ask for it.</param>
/// <param name="OwnedBy">Who runs it; <c>orleanschat-demo</c> marks the built-in one.</param>
/// <param name="IsDefault">Whether it replies where no model is named.</param>
/// <param name="IsAvailable">Whether an endpoint of its own can be asked, rather than all being left alone for their failures.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ModelInfo")]
public sealed record ModelInfo(
    [property: Id(0)] string Id,
    [property: Id(1)] string OwnedBy,
    [property: Id(2)] bool IsDefault,
    [property: Id(3)] bool IsAvailable = true);
