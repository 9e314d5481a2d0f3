using System.Net;
using Microsoft.Extensions.Primitives;
using OrleansChat.Errors;

namespace OrleansChat.Authentication;

/// <summary>
/// Serves only this machine where nobody signs in. A tunnel or a proxy connects from this machine for others who do not sit at it, and can make
/// the name that they ask for one of loopback; but nearly all say for whom they ask. A proxy that asks for this machine, a web framework's on a
/// developer's for example, says that too.
/// </summary>
internal static class PassedOnRequests
{
    private static readonly string[] OfAddresses = ["X-Forwarded-For", "X-Original-Forwarded-For", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fly-Client-IP"];
    private static readonly string[] OfHosts = ["X-Forwarded-Host", "X-Original-Host"];

    /// <summary>Refuses what was passed on for others than this machine, before anything else looks at a request.</summary>
    public static IApplicationBuilder UsePassedOnRequests(this IApplicationBuilder app)
    {
        var mode = app.ApplicationServices.GetRequiredService<SignInMode>();
        return app.Use((context, next) =>
            mode.IsLocal && FindForeign(context.Request.Headers) is { } header
                ? Problems.PassedOn(header).InFormatOf(context).ExecuteAsync(context)
                : next(context));
    }

    /// <summary>The name of the header that says that a request was passed on for somebody who is not on this machine; null where none does.</summary>
    public static string? FindForeign(IHeaderDictionary headers)
    {
        foreach (var name in OfAddresses)
        {
            if (headers.TryGetValue(name, out var addresses) && !All(addresses, ',', IsLoopbackAddress))
            {
                return name;
            }
        }

        foreach (var name in OfHosts)
        {
            if (headers.TryGetValue(name, out var hosts) && !All(hosts, ',', IsLoopbackHost))
            {
                return name;
            }
        }

        return headers.TryGetValue("Forwarded", out var elements) && !All(elements, ',', IsOfLoopback) ? "Forwarded" : null;
    }

    // RFC 7239: for=192.0.2.43;host=example.com;proto=https. A quoted text with a comma in it is none of loopback in either of its halves.
    private static bool IsOfLoopback(string element) => All(element, ';', static pair =>
    {
        var (name, value) = pair.Split('=', 2) is [var before, var after] ? (before.Trim(), after.Trim().Trim('"')) : (pair.Trim(), "");
        return name.ToUpperInvariant() switch
        {
            "FOR" => IsLoopbackAddress(value),
            "HOST" => IsLoopbackHost(value),
            _ => true,
        };
    });

    private static bool All(StringValues values, char separator, Func<string, bool> holds) =>
        values.All(value => (value ?? "").Split(separator, StringSplitOptions.TrimEntries).All(holds));

    // Some add the port.
    private static bool IsLoopbackAddress(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && IPAddress.IsLoopback(endpoint.Address.IsIPv4MappedToIPv6 ? endpoint.Address.MapToIPv4() : endpoint.Address);

    private static bool IsLoopbackHost(string text) => LoopbackHosts.IsLoopback(new HostString(text).Host);
}
