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
    /// A file that has the <see cref="ApiKey"/>, as secrets are mounted, from the working directory if its path is not absolute; read again
    /// when it changes. Default none.
    /// </summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>
    /// The model's name at the endpoint, such as <c>llama3.2:3b</c>. Default: the configured name, and
    /// <see cref="DefaultUpstreamModel"/> for the model named <c>openai</c>.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>
    /// Several endpoints, which share the model's requests by their weights and stand in for each other; then the model has no
    /// <see cref="Endpoint"/>, <see cref="ApiKey"/> or <see cref="ApiKeyFile"/> of its own. Default: the one that the model's own settings describe.
    /// </summary>
    public List<EndpointOptions> Endpoints { get; } = [];

    /// <summary>The models that reply in its place where it cannot, in order, each followed by its own. Default none.</summary>
    public List<string> Fallbacks { get; } = [];

    /// <summary>Who runs it, as told to callers. Default: a word for the provider.</summary>
    public string? OwnedBy { get; set; }

    /// <summary>For <c>demo</c>: the speed, in tokens a second, from 0.1 to 100,000. Default 30, about what people read along with.</summary>
    [Range(0.1, 100_000, ErrorMessage = "must be from {1} to {2}")]
    public double TokensPerSecond { get; set; } = 30;

    /// <summary>
    /// How many tokens of conversation and answer the model can hold, from 256 to 100,000,000. Longer conversations are fitted to it. Default:
    /// not known, and conversations are sent whole.
    /// </summary>
    [Range(256, 100_000_000, ErrorMessage = "must be from {1} to {2}")]
    public int? ContextWindow { get; set; }

    /// <summary>
    /// How many tokens an answer may have, from 1 to 10,000,000; less where a request asks for less. Default: as many as the model makes, or, for
    /// <c>anthropic</c>, which has to be told, what the request asks for, else 8,192.
    /// </summary>
    [Range(1, 10_000_000, ErrorMessage = "must be from {1} to {2}")]
    public int? MaxOutputTokens { get; set; }

    /// <summary>
    /// How many tokens of <see cref="ContextWindow"/> are kept free for the answer, at least 1 and less than it. Default: <see cref="MaxOutputTokens"/>, and
    /// without that a quarter of the window, up to 4,096.
    /// </summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be {1} or more")]
    public int? ReservedOutputTokens { get; set; }

    /// <summary>What becomes of turns that do not fit: <c>Drop</c> (default) or <c>Summarize</c>; see <see cref="ContextPolicy"/>.</summary>
    public ContextPolicy? Context { get; set; }

    /// <summary>For <c>Summarize</c>: the name of the configured model that makes the summaries. Default: the model itself.</summary>
    public string? SummaryModel { get; set; }

    /// <summary>
    /// For <c>anthropic</c>: how many of the reply's tokens may go to thinking, from 1,024 to 1,000,000. Default none. A reply whose limit leaves
    /// nothing beside it is made without.
    /// </summary>
    [Range(1024, 1_000_000, ErrorMessage = "must be from {1} to {2}")]
    public int? ThinkingTokens { get; set; }

    /// <summary>For <c>openai-responses</c>: whether the model tells what it reasons, which models that do not reason refuse. Default false.</summary>
    public bool ReasoningSummaries { get; set; }

    /// <summary>What the model can do.</summary>
    public CapabilityOptions Capabilities { get; } = new();

    /// <summary>What its tokens cost, so that the ledger knows. Default: not known, and only tokens are counted.</summary>
    public PriceOptions? Prices { get; set; }

    /// <summary>How long each attempt waits for the first piece, up to an hour. Default 5 minutes: a local model may have to be loaded first.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long to wait for each further piece, up to an hour; what is sent to keep the connection alive is none. Default 60 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take, TLS included, up to an hour. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take in all, from when the model is first asked, up to a day. Default 30 minutes.</summary>
    [Range(typeof(TimeSpan), ShortestWait, "1.00:00:00", ErrorMessage = "must be from 00:00:00.1 to 1.00:00:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often it is asked before its first token.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>When an endpoint that fails is left alone.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; } = new();

    /// <summary>
    /// What becomes of a reply whose silo is gone: <c>Reattach</c>, <c>Continue</c>, <c>Restart</c> or <c>Interrupt</c>; see
    /// <see cref="Models.TakeOver"/>. Default: <c>Reattach</c> where <see cref="CapabilityOptions.Background"/> is true; <c>Continue</c> for
    /// <c>demo</c> and where <see cref="CapabilityOptions.Continuation"/> is true; else <c>Restart</c>, as few endpoints continue a text that
    /// they are given. With <c>Reattach</c>, which only <c>openai-responses</c> can, replies are produced in the background.
    /// </summary>
    public TakeOver? TakeOver { get; set; }

    /// <summary>
    /// What becomes of a reply that has begun when the model breaks off: <c>Fail</c> (default), or <c>TakeOver</c>, as <see cref="TakeOver"/> says; see
    /// <see cref="Models.OnBreak"/>.
    /// </summary>
    public OnBreak? OnBreak { get; set; }

    /// <summary>The same settings for one of the <see cref="Endpoints"/>, as if the model had no other.</summary>
    public ModelOptions For(EndpointOptions endpoint)
    {
        var view = (ModelOptions)MemberwiseClone();
        view.Provider = endpoint.Provider;
        view.Endpoint = endpoint.Endpoint;
        view.ApiKey = endpoint.ApiKey;
        view.ApiKeyFile = null;
        view.Model = endpoint.Model;
        return view;
    }

    /// <summary>Where <c>anthropic</c> models are without an <see cref="Endpoint"/>.</summary>
    public static readonly Uri AnthropicEndpoint = new("https://api.anthropic.com/v1");

    /// <summary>Where <c>openai</c> and <c>openai-responses</c> models are without an <see cref="Endpoint"/>.</summary>
    public static readonly Uri DefaultEndpoint = new("https://api.openai.com/v1");

    /// <summary>What the model named <c>openai</c> asks for without a <see cref="Model"/>.</summary>
    public const string DefaultUpstreamModel = "gpt-4.1-mini";
}
