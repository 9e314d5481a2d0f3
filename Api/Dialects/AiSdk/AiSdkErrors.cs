using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>
/// Errors as the AI SDK's clients show them: the body, as it is, becomes the message of their <c>error</c>. So it is a sentence; what
/// programs look for is in a header.
/// </summary>
internal sealed class AiSdkErrors : IErrorFormat
{
    /// <summary>The header with the error's code.</summary>
    public const string CodeHeader = "X-Error-Code";

    /// <summary>The one instance needed.</summary>
    public static AiSdkErrors Instance { get; } = new();

    public ErrorAnswer Format(ProblemDetails problem)
    {
        var answer = new ErrorAnswer(problem.Status ?? StatusCodes.Status500InternalServerError, JsonValue.Create(problem.Detail ?? ""));
        return problem.Extensions.TryGetValue("code", out var code) && code is string text ? answer with { Headers = [(CodeHeader, text)] } : answer;
    }
}
