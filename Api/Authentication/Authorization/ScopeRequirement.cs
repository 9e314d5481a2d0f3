using Microsoft.AspNetCore.Authorization;

namespace OrleansChat.Authentication;

/// <summary>That the caller has the scope that an endpoint needs, and no other site made his browser ask.</summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement;
