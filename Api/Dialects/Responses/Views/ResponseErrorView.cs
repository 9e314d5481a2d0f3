using OrleansChat.Events;
using OrleansChat.Models;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>Why a response failed.</summary>
/// <param name="Code">One of the words that the dialect has for it.</param>
/// <param name="Message">A sentence for people, with the reply's own code.</param>
internal sealed record ResponseErrorView(string Code, string Message)
{
    /// <summary>Why it failed; null unless it did.</summary>
    public static ResponseErrorView? Of(ReplyEnded? end) => end switch
    {
        ReplyFailed failed => new ResponseErrorView(CodeOf(failed.Error.Code), $"{failed.Error.Message} ({failed.Error.Code})"),
        ReplyInterrupted => new ResponseErrorView(CodeOf(null), "The server stopped before the response was complete. (interrupted)"),
        _ => null,
    };

    private static string CodeOf(string? code) => code switch
    {
        ModelErrors.RateLimited => "rate_limit_exceeded",
        ModelErrors.ContextTooLong or ModelErrors.ContentRefused => "invalid_prompt",
        _ => "server_error",
    };
}
