namespace OrleansChat.Models;

/// <summary>The kinds of model endpoint that this silo can talk to.</summary>
internal static class ModelProviders
{
    /// <summary>The built-in model, which needs nothing. Also the name of the model that always exists.</summary>
    public const string Demo = "demo";

    /// <summary>Anything that speaks OpenAI's Chat Completions. Also the name of the model that <c>OPENAI_API_KEY</c> configures.</summary>
    public const string OpenAI = "openai";

    /// <summary>OpenAI's Responses API.</summary>
    public const string OpenAIResponses = "openai-responses";

    /// <summary>Anthropic's Messages API.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>All of them, for messages.</summary>
    public const string All = $"{Demo}, {OpenAI}, {OpenAIResponses}, {Anthropic}";

    private static readonly string[] Names = [Demo, OpenAI, OpenAIResponses, Anthropic];

    /// <summary>Brings a provider's name into its own letters, as configuration keys have no case; null for any other word.</summary>
    public static string? Find(string? word) => Names.FirstOrDefault(name => string.Equals(name, word, StringComparison.OrdinalIgnoreCase));
}
