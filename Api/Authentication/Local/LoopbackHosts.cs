using System.Net;
using OrleansChat.Errors;

namespace OrleansChat.Authentication;

/// <summary>
/// Answers only to names of this machine where nobody signs in. A page can have its own name stand for 127.0.0.1 after it was loaded (DNS
/// rebinding), and is to its browser of one origin with this server then; but its requests still have that name.
/// </summary>
internal static class LoopbackHosts
{
    /// <summary>Refuses other names, before anything else looks at a request.</summary>
    public static IApplicationBuilder UseLoopbackHosts(this IApplicationBuilder app)
    {
        var mode = app.ApplicationServices.GetRequiredService<SignInMode>();
        return app.Use((context, next) =>
        {
            var host = context.Request.Host;
            return mode.IsLocal && host.HasValue && !IsLoopback(host.Host)
                ? Problems.WrongHost(host.Host).InFormatOf(context).ExecuteAsync(context)
                : next(context);
        });
    }

    /// <summary>Whether a host, without its port, is this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
