using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Keys;
using OrleansChat.Owners;

namespace OrleansChat.Authentication;

/// <summary>Tells those who are not let in, in the words of the dialect that they speak.</summary>
internal sealed class Refusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (context.FindIdentity() is not { } caller)
        {
            return Unauthenticated(context).InFormatOf(context).ExecuteAsync(context);
        }

        var needed = RequiredScope.Of(context);
        var problem = caller.May(needed) ? Problems.CrossSite() : Problems.MissingScope(needed.ToWords()[^1], caller.Scopes.ToWords());
        return problem.InFormatOf(context).ExecuteAsync(context);
    }

    /// <summary>The answer to somebody who did not say who he is, or not so that it can be believed: always the same.</summary>
    public static ProblemHttpResult Unauthenticated(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthenticated();
    }
}
