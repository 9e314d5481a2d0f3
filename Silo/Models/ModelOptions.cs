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

    /// <summary><c>demo</c> or <c>openai</c>. Default: the model's own name, where that is a provider; required elsewhere.</summary>
    public string? Provider { get; set; }

    /// <summary>
    /// For <c>openai</c>: the absolute <c>http</c> or <c>https</c> base URL, to which <c>/chat/completions</c> is appended.
    /// Default <see cref="DefaultEndpoint"/>, which then needs an <see cref="ApiKey"/>.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>For <c>openai</c>: the bearer token. Default none, for local servers that ask for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// For <c>openai</c>: the model's name at the endpoint, such as <c>llama3.2:3b</c>. Default: the configured name, and
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

    /// <summary>For <c>openai</c>: how long connecting may take, TLS included, up to an hour. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), ShortestWait, LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What becomes of a reply whose silo is gone: <c>Continue</c>, <c>Restart</c> or <c>Interrupt</c>; see <see cref="Models.TakeOver"/>.
    /// Default: <c>Continue</c> for <c>demo</c>; <c>Restart</c> for <c>openai</c>, as few such endpoints continue a text that they are given.
    /// </summary>
    public TakeOver? TakeOver { get; set; }

    /// <summary>What it costs, so that the ledger knows. Default: nobody says, and only tokens are counted.</summary>
    public PriceOptions? Prices { get; set; }

    /// <summary>
    /// How many tokens the model takes, prompt and answer together, 256 or more. Longer conversations are fitted to it. Default: unknown, and
    /// conversations are sent whole.
    /// </summary>
    [Range(256, int.MaxValue, ErrorMessage = "must be {1} or more")]
    public int? ContextWindow { get; set; }

    /// <summary>How many tokens of <see cref="ContextWindow"/> are kept free for the answer. Default: a quarter of it, up to 4,096.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be {1} or more")]
    public int? ReservedOutputTokens { get; set; }

    /// <summary>What becomes of turns that do not fit: <c>Drop</c> (default) or <c>Summarize</c>; see <see cref="ContextPolicy"/>.</summary>
    public ContextPolicy? Context { get; set; }

    /// <summary>For <c>Summarize</c>: the name of the configured model that makes the summaries. Default: the model itself.</summary>
    public string? SummaryModel { get; set; }

    /// <summary>Where <c>openai</c> models are without an <see cref="Endpoint"/>.</summary>
    public static readonly Uri DefaultEndpoint = new("https://api.openai.com/v1");

    /// <summary>What the model named <c>openai</c> asks for without a <see cref="Model"/>.</summary>
    public const string DefaultUpstreamModel = "gpt-4.1-mini";
}
