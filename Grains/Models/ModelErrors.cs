namespace OrleansChat.Models;

/// <summary>The codes with which a reply can fail.</summary>
public static class ModelErrors
{
    /// <summary>The endpoint could not be reached, or the connection broke.</summary>
    public const string Unreachable = "upstream_unreachable";

    /// <summary>The endpoint refused the request: key, model or content.</summary>
    public const string Rejected = "upstream_rejected";

    /// <summary>The endpoint asked for fewer requests.</summary>
    public const string RateLimited = "upstream_rate_limited";

    /// <summary>The endpoint reported an error of its own, before or within the stream.</summary>
    public const string Error = "upstream_error";

    /// <summary>The endpoint sent something that is not its protocol.</summary>
    public const string Malformed = "upstream_malformed";

    /// <summary>The stream ended without the model's end signal.</summary>
    public const string Truncated = "upstream_truncated";

    /// <summary>The model was silent for too long.</summary>
    public const string Timeout = "upstream_timeout";

    /// <summary>The model that the reply was to use is no longer configured.</summary>
    public const string Gone = "model_gone";

    /// <summary>
    /// The provider does not know the response any more that it was to produce by itself. Nobody is told: the reply is taken over by the
    /// next best means.
    /// </summary>
    public const string ResponseLost = "upstream_response_lost";

    /// <summary>A fault of this product; the log has the details.</summary>
    public const string Internal = "internal_error";
}
