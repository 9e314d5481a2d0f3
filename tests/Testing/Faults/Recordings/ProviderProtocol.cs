namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>The protocols in which model servers answer.</summary>
public enum ProviderProtocol
{
    /// <summary>OpenAI's Chat Completions, and what calls itself compatible.</summary>
    ChatCompletions,

    /// <summary>OpenAI's Responses.</summary>
    Responses,

    /// <summary>Anthropic's Messages.</summary>
    Messages,
}
