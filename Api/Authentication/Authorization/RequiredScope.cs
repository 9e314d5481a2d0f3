using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Metadata of an endpoint: which scope it needs, where that does not follow from its method.</summary>
/// <param name="Scope">The scope.</param>
internal sealed record RequiredScope(Scope Scope)
{
    /// <summary>What an endpoint needs: what it says, else to read for GET and HEAD, and to write for the rest.</summary>
    public static Scope Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope
        ?? (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? Scope.Read : Scope.Write);
}

/// <summary>Says of endpoints which scope they need.</summary>
internal static class RequiredScopeExtensions
{
    /// <summary>Has endpoints need a scope other than that of their method.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, Scope scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));
}
