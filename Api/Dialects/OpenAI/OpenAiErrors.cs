using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.OpenAI;

/// <summary>
/// Errors as OpenAI's clients expect them: <c>{"error":{"message","type","param","code"}}</c>. Those clients repeat a request after 408,
/// 409, 429 and 5xx by themselves, so each answer says whether that can help.
/// </summary>
internal sealed partial class OpenAiErrors : IErrorFormat
{
    private const string RetryAfterSeconds = "1";

    /// <summary>The one instance needed.</summary>
    public static OpenAiErrors Instance { get; } = new();

    public ErrorAnswer Format(ProblemDetails problem)
    {
        var status = problem.Status ?? StatusCodes.Status500InternalServerError;
        var code = problem.Extensions.TryGetValue("code", out var value) ? value as string : null;
        if (code == "unknown_model")
        {
            (status, code) = (StatusCodes.Status404NotFound, "model_not_found");
        }

        // Whatever else has gone wrong goes wrong again: models are asked again by the silo already, where that can help. A day is not waited for.
        var isOver = code == "token_budget_spent";
        var canRepeat = !isOver && status is (StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests);
        return new ErrorAnswer(status, Body(problem.Detail ?? "", isOver ? "insufficient_quota" : TypeOf(status), ParameterOf(code, problem.Detail), code))
        {
            Headers = canRepeat ? [("Retry-After", RetryAfterSeconds)] : [("x-should-retry", "false")],
        };
    }

    /// <summary>The body of an error.</summary>
    /// <param name="message">What is wrong, for people.</param>
    /// <param name="type">Which kind of error it is, in OpenAI's words.</param>
    /// <param name="parameter">The property of the request that is wrong; null where it is none.</param>
    /// <param name="code">Which error it is, for programs.</param>
    public static JsonObject Body(string message, string type, string? parameter, string? code) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = type,
            ["param"] = parameter,
            ["code"] = code,
        },
    };

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    // What is wrong with a request is told with the property's name in quotes, as all of it is here.
    private static string? ParameterOf(string? code, string? detail)
    {
        if (code == "model_not_found")
        {
            return "model";
        }

        return code == "invalid_request" && Quoted().Match(detail ?? "") is { Success: true } match ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex(@"(?<=^|\s)'(?:\$\.)?(?<name>[^'\s]+)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Quoted();
}
