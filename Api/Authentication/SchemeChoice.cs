using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>Chooses by what a request's caller is to be let in, if by anything.</summary>
internal static class SchemeChoice
{
    /// <summary>The scheme that a request calls for.</summary>
    public static string Of(HttpContext context)
    {
        var mode = context.RequestServices.GetRequiredService<SignInMode>();
        var headers = context.Request.Headers;
        if (mode.HasProxy && headers.ContainsKey(context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.Proxy.SecretHeader))
        {
            return SignInSchemes.Proxy;
        }

        // Whatever else stands there is for somebody else: a gateway in front that asks for a name and a password, and passes them on.
        if (mode.HasKeys && headers.Authorization.Any(KeyHandler.IsKey))
        {
            return SignInSchemes.Key;
        }

        return TicketHandler.HasTicket(context) ? SignInSchemes.Ticket
            : mode.IsLocal ? SignInSchemes.Local
            : mode.HasKeys && SessionCookie.IsIn(context.Request) ? SignInSchemes.Session
            : SignInSchemes.Key;
    }
}
