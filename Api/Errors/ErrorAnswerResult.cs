using System.Net.Mime;
using System.Text.Json.Nodes;

namespace OrleansChat.Errors;

/// <summary>Sends an <see cref="ErrorAnswer"/>.</summary>
internal sealed class ErrorAnswerResult(ErrorAnswer answer) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => answer.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAdd(name, value);
        }

        var isText = answer.Body is JsonValue;
        response.ContentType = isText ? $"{MediaTypeNames.Text.Plain}; charset=utf-8" : MediaTypeNames.Application.Json;
        return response.WriteAsync(isText ? answer.Body.GetValue<string>() : answer.Body.ToJsonString(ErrorAnswer.Json), httpContext.RequestAborted);
    }
}
