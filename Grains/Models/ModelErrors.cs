using OrleansChat.Events;

namespace OrleansChat.Models;

/// <summary>The codes with which a reply can fail. They stay; what to do about each stands in the README.</summary>
public static class ModelErrors
{
    /// <summary>The endpoint could not be reached, or the connection broke.</summary>
    public const string Unreachable = "upstream_unreachable";

    /// <summary>The endpoint did not take the connection in time.</summary>
    public const string ConnectTimeout = "upstream_connect_timeout";

    /// <summary>The model did not begin its answer in time.</summary>
    public const string FirstTokenTimeout = "upstream_first_token_timeout";

    /// <summary>The model fell silent within its answer.</summary>
    public const string SilenceTimeout = "upstream_silence_timeout";

    /// <summary>The answer took longer than a whole answer may.</summary>
    public const string TotalTimeout = "upstream_total_timeout";

    /// <summary>All endpoints failed so often that they are left alone for a while.</summary>
    public const string Unavailable = "upstream_unavailable";

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

    /// <summary>The last message, with what always goes along, is longer than the model's window. No model was asked.</summary>
    public const string ContextTooLong = "context_too_long";

    /// <summary>A content filter of this installation refused what was asked or said.</summary>
    public const string ContentRefused = "content_refused";

    /// <summary>The model that the reply was to use is no longer configured.</summary>
    public const string Gone = "model_gone";

    /// <summary>
    /// The provider does not know the response any more that it was to produce by itself. No reply ends with it: it is taken over by the
    /// next best means.
    /// </summary>
    internal const string ResponseLost = "upstream_response_lost";

    /// <summary>A fault of this product; the log has the details.</summary>
    public const string Internal = "internal_error";

    /// <summary>
    /// Whether asking again, as it was asked, may help. Not where the request itself, the configuration, or the length of the answer
    /// is at fault.
    /// </summary>
    public static bool IsRetryable(string code) => code is not (Rejected or ContextTooLong or ContentRefused or Gone or TotalTimeout);

    /// <summary>Whether the model was on its way, and broke off: another attempt need not do the same.</summary>
    public static bool IsBreak(string code) => code is Unreachable or Error or Malformed or Truncated or SilenceTimeout;

    /// <summary>The error that a reply ends with.</summary>
    public static ReplyError Of(string code, string message) => new(code, message, IsRetryable(code));
}
