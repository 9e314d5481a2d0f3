namespace OrleansChat.Models;

/// <summary>All models, bound from <c>Models</c> and the three <c>OPENAI_…</c> settings that OpenAI's own tools read.</summary>
internal sealed class ModelsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Models";

    /// <summary>The bearer token of the model <c>openai</c>, where <c>Models:openai:ApiKey</c> is not set.</summary>
    public const string OpenAIKey = "OPENAI_API_KEY";

    /// <summary>The endpoint of the model <c>openai</c>, where <c>Models:openai:Endpoint</c> is not set.</summary>
    public const string OpenAIBaseUrl = "OPENAI_BASE_URL";

    /// <summary>The upstream model of the model <c>openai</c>, where <c>Models:openai:Model</c> is not set.</summary>
    public const string OpenAIModel = "OPENAI_MODEL";

    /// <summary>The key of <c>anthropic</c> models that have neither a key nor an endpoint of their own.</summary>
    public const string AnthropicKey = "ANTHROPIC_API_KEY";

    /// <summary>
    /// The name of the model that replies where none is named, from <c>Models:Default</c>. Default: <c>openai</c> where that is
    /// configured, else <c>demo</c>, else the first.
    /// </summary>
    public string? Default { get; set; }

    /// <summary>The enabled models by name.</summary>
    public SortedDictionary<string, ModelOptions> Models { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that keys were read from, with what was in each; null where it could not be read.</summary>
    public Dictionary<string, string?> KeyFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be read, a sentence each, so that one failed start tells of every mistake.</summary>
    public List<string> Failures { get; } = [];
}
