using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Models;

/// <summary>One model, bound from <c>Models:{name}</c>.</summary>
internal sealed class ModelOptions
{
    // A bare number of a time span means days: the upper bound turns "60", meant as seconds, into an error at start.
    private const string LongestWait = "01:00:00";
    private const string ShortestWait = "00:00:00.1";
    private const string WaitMessage = $"must be from {ShortestWait} to {LongestWait}";

    /// <summary>Whether the model exists at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// <c>demo</c>, <c>openai</c>, <c>openai-responses</c> or <c>anthropic</c>. Default: the model's own name, where that is a provider;
    /// required elsewhere.
    /// </summary>
    public string? Provider { get; set; }

    /// <summary>
    /// The absolute <c>http</c> or <c>https</c> base URL, to which <c>/chat/completions</c> is appended, or <c>/responses</c>, or, for
    /// <c>anthropic</c>, <c>/messages</c>. Default <see cref="DefaultEndpoint"/>, or <see cref="AnthropicEndpoint"/>, which need an <see cref="ApiKey"/>.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The bearer token, or <c>anthropic</c>'s key. Default none, for local servers that ask for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The model's name at the endpoint, such as <c>llama3.2:3b</c>. Default: the configured name, and
    /// <see cref="DefaultUpstreamModel"/> for the model named <c>openai</c>.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>Who runs it, as told to callers. Default: a word for the provider.</summary>
    public string? OwnedBy { get; set; }

    /// <summary>For <c>demo</c>: the speed, in tokens a second, from 0.1 to 100,000. Default 30, about what people read along with.</summary>
    [Range(0.1, 100_000, ErrorMessage = "must be from {1} to {2}")]
    public double TokensPerSecond { get; set; } = 30;

    /// <summary>How long to wait for the first piece, up to an hour. Default 5 minutes: a local model may have to be loaded first.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait for each further piece, up to an hour. Default 60 seconds.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take, TLS included, up to an hour. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For <c>anthropic</c> and <c>openai-responses</c>: how many tokens a reply may have, from 1 to 10,000,000. Default 8,192 for
    /// <c>anthropic</c>, which has to be told; else as many as the model makes.
    /// </summary>
    [Range(1, 10_000_000, ErrorMessage = "must be from {1} to {2}")]
    public int? MaxOutputTokens { get; set; }

    /// <summary>
    /// For <c>anthropic</c>: how many of the reply's tokens may go to thinking, from 1,024 to 1,000,000. Default none. A reply whose limit leaves
    /// nothing beside it is made without.
    /// </summary>
    [Range(1024, 1_000_000, ErrorMessage = "must be from {1} to {2}")]
    public int? ThinkingTokens { get; set; }

    /// <summary>For <c>openai-responses</c>: whether the model tells what it reasons, which models that do not reason refuse. Default false.</summary>
    public bool ReasoningSummaries { get; set; }

    /// <summary>
    /// What becomes of a reply whose silo is gone: <c>Reattach</c>, <c>Continue</c>, <c>Restart</c> or <c>Interrupt</c>; see
    /// <see cref="Models.TakeOver"/>. Default: <c>Continue</c> for <c>demo</c>, else <c>Restart</c>, as few endpoints continue a text that
    /// they are given. With <c>Reattach</c>, which only <c>openai-responses</c> can, replies are produced in the background.
    /// </summary>
    public TakeOver? TakeOver { get; set; }

    /// <summary>Where <c>anthropic</c> models are without an <see cref="Endpoint"/>.</summary>
    public static readonly Uri AnthropicEndpoint = new("https://api.anthropic.com/v1");

    /// <summary>Where <c>openai</c> and <c>openai-responses</c> models are without an <see cref="Endpoint"/>.</summary>
    public static readonly Uri DefaultEndpoint = new("https://api.openai.com/v1");

    /// <summary>What the model named <c>openai</c> asks for without a <see cref="Model"/>.</summary>
    public const string DefaultUpstreamModel = "gpt-4.1-mini";
}
