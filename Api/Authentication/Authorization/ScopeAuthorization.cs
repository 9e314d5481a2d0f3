using Microsoft.AspNetCore.Authorization;
using OrleansChat.Owners;

namespace OrleansChat.Authentication;

/// <summary>Decides whether a caller may do what he asks for.</summary>
internal sealed class ScopeAuthorization(CrossSiteGuard guard) : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http
            && http.FindIdentity() is { } caller
            && caller.May(RequiredScope.Of(http))
            && !(caller.IsAmbient && guard.IsFromElsewhere(http.Request, caller.SignedInBy)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
