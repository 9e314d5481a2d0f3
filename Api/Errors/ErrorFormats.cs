using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace OrleansChat.Errors;

/// <summary>Has errors told in the format of the dialect that a request speaks.</summary>
internal static class ErrorFormats
{
    /// <summary>
    /// Has a dialect's endpoints tell their errors in its own format: those that they answer with, the exceptions that they throw, and,
    /// of paths that begin as theirs do, those of the router.
    /// </summary>
    public static TBuilder WithErrorFormat<TBuilder>(this TBuilder group, IErrorFormat format)
        where TBuilder : IEndpointConventionBuilder
    {
        group.WithMetadata(format);
        group.AddEndpointFilter<TBuilder, FormattingFilter>();
        return group;
    }

    /// <summary>Tells what the router has to say (no such path, method or content type) in the format of the path's dialect.</summary>
    public static IApplicationBuilder UseFormattedStatusCodes(this IApplicationBuilder app)
    {
        var native = new StatusCodePagesOptions();
        var byPath = new ConcurrentDictionary<string, IErrorFormat?>(StringComparer.Ordinal);
        return app.UseStatusCodePages(context =>
        {
            var http = context.HttpContext;
            var status = http.Response.StatusCode;
            var problem = Unrouted.Of(http.Request, status);
            if (FormatOf(http, byPath) is { } format)
            {
                return new ErrorAnswerResult(format.Format(problem ?? Unrouted.Problem(status, "error", ReasonPhrases.GetReasonPhrase(status)))).ExecuteAsync(http);
            }

            return problem is null ? native.HandleAsync(context) : TypedResults.Problem(problem).ExecuteAsync(http);
        });
    }

    /// <summary>Has native endpoints say in a header, too, when it can help to repeat a request.</summary>
    public static TBuilder WithRetryAfter<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder
    {
        group.AddEndpointFilter<TBuilder, FormattingFilter>();
        return group;
    }

    /// <summary>The problem as the request's dialect tells it; and when it can help to repeat the request.</summary>
    public static IResult InFormatOf(this ProblemHttpResult problem, HttpContext context)
    {
        if (problem.ProblemDetails.Extensions.TryGetValue(Problems.RetryAfterMember, out var pause) && pause is int seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        return context.GetEndpoint()?.Metadata.GetMetadata<IErrorFormat>() is { } format
            ? new ErrorAnswerResult(format.Format(problem.ProblemDetails))
            : problem;
    }

    private static IErrorFormat? FormatOf(HttpContext context, ConcurrentDictionary<string, IErrorFormat?> byPath)
    {
        var first = FirstOf(context.Request.Path.Value ?? "");
        if (byPath.TryGetValue(first, out var known))
        {
            return known;
        }

        var format = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .FirstOrDefault(endpoint => FirstOf(endpoint.RoutePattern.RawText ?? "") == first && endpoint.Metadata.GetMetadata<IErrorFormat>() is not null)
            ?.Metadata.GetMetadata<IErrorFormat>();

        // What callers make up is not kept.
        return format is null ? null : byPath[first] = format;
    }

    private static string FirstOf(string path) => path.TrimStart('/').Split('/', 2)[0];

    private sealed class FormattingFilter : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var result = await next(context);
            var inner = result is INestedHttpResult nested ? nested.Result : result;
            return inner is ProblemHttpResult problem ? problem.InFormatOf(context.HttpContext) : result;
        }
    }
}
