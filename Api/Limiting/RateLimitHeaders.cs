using System.Globalization;

namespace OrleansChat.Limiting;

/// <summary>
/// Tells callers how they are limited, and how much is left, by <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers-10). The latter is
/// for requests only: of the others nobody knows here without asking.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>The header that tells how a caller is limited.</summary>
    public const string Policy = "RateLimit-Policy";

    /// <summary>The header that tells how much is left.</summary>
    public const string State = "RateLimit";

    /// <summary>The name of the policy of requests.</summary>
    public const string Requests = "requests";

    /// <summary>The name of the policy of replies that run at once.</summary>
    public const string Replies = "replies";

    /// <summary>The name of the policy of connections.</summary>
    public const string Connections = "connections";

    /// <summary>The name of the policy of the day's tokens.</summary>
    public const string Tokens = "tokens";

    private const int Window = 60;
    private const int Day = 86_400;

    /// <summary>Has an answer tell it, whatever becomes of the answer: an error clears what was set before.</summary>
    public static void Tell(HttpResponse response, string name, string value) => response.OnStarting(
        static state =>
        {
            var (response, name, value) = ((HttpResponse, string, string))state;
            response.Headers[name] = value;
            return Task.CompletedTask;
        },
        (response, name, value));

    /// <summary>What is left of the requests.</summary>
    public static string StateOf(RequestCount count) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{Requests}\";r={count.Left};t={SecondsOf(count.EndsIn)}");

    /// <summary>All policies that an owner is under.</summary>
    public static string PolicyOf(OwnerLimits limits) => string.Join(
        ", ",
        new[]
        {
            limits.RequestsPerMinute is { } requests ? $"\"{Requests}\";q={requests};w={Window}" : null,
            limits.ConcurrentReplies is { } replies ? $"\"{Replies}\";q={replies};qu=\"concurrent-requests\"" : null,
            limits.Connections is { } connections ? $"\"{Connections}\";q={connections};qu=\"concurrent-requests\"" : null,
            limits.TokensPerDay is { } tokens ? $"\"{Tokens}\";q={tokens};qu=\"tokens\";w={Day}" : null,
        }.OfType<string>());

    /// <summary>A time in whole seconds, at least one: who comes a moment too early comes in vain.</summary>
    public static int SecondsOf(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
