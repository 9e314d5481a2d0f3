using System.Collections.Immutable;
using OrleansChat.Models;

namespace OrleansChat.Documentation;

/// <summary>What the document says of the codes with which replies fail.</summary>
internal static class ReplyErrors
{
    /// <summary>What each code means.</summary>
    public static readonly ImmutableSortedDictionary<string, string> All = ImmutableSortedDictionary<string, string>.Empty
        .Add(ModelErrors.Unreachable, "no connection to the model's endpoint, or it broke")
        .Add(ModelErrors.ConnectTimeout, "the endpoint did not take the connection in time")
        .Add(ModelErrors.FirstTokenTimeout, "the model did not begin its answer in time")
        .Add(ModelErrors.SilenceTimeout, "the model fell silent within its answer")
        .Add(ModelErrors.TotalTimeout, "the answer took longer than one may")
        .Add(ModelErrors.Unavailable, "the model has failed too often just now, and is left alone")
        .Add(ModelErrors.Rejected, "the endpoint refused the key, the model or the content")
        .Add(ModelErrors.RateLimited, "the endpoint asks for fewer requests")
        .Add(ModelErrors.Error, "the endpoint reported an error of its own")
        .Add(ModelErrors.Malformed, "the endpoint sent something that is not its protocol")
        .Add(ModelErrors.Truncated, "the answer broke off without the model's end signal")
        .Add(ModelErrors.Gone, "the model is no longer configured")
        .Add(ModelErrors.Internal, "a fault of the server; its log has the details");

    /// <summary>All of them, as Markdown.</summary>
    public static string Description => string.Join("; ", All.Select(code => $"`{code.Key}`{(ModelErrors.IsRetryable(code.Key) ? "" : " (not retryable)")}: {code.Value}"));
}
