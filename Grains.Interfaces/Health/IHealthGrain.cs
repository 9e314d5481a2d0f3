using OrleansChat.Conversations;

namespace OrleansChat.Health;

/// <summary>Tells API nodes, which know no store themselves, how the silos are. Key 0.</summary>
[Alias("OrleansChat.IHealthGrain")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Whether the store of the conversations can be used. The answer takes a second at most.</summary>
    [Alias("StoreAnswers"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<bool> StoreAnswers();
}
