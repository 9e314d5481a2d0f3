using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Lets in who has a ticket for the conversation that he reads, and to read it only.</summary>
internal sealed class TicketHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Sealer sealer,
    SignInMode mode,
    KnownKeys keys) : SignInHandler(options, logger, encoder)
{
    /// <summary>Whether a request came with a ticket to where tickets are taken.</summary>
    public static bool HasTicket(HttpContext context) =>
        context.Features.Get<HiddenTicket>() is not null
        && HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<TicketAccess>() is not null;

    protected override async ValueTask<CallerIdentity?> FindCallerAsync()
    {
        if (sealer.Open(Context.Features.Get<HiddenTicket>()?.Text, isTicket: true) is not { } pass || !IsForThis(pass))
        {
            return null;
        }

        if (pass.Key is null)
        {
            // Whoever asked for it came in by a door that may have been closed since.
            var isOpen = pass.By == SignedInBy.Local ? mode.IsLocal : pass.By == SignedInBy.Proxy && mode.HasProxy;
            return isOpen && OwnerId.TryParse(pass.Owner, out var owner) ? Reader(owner, pass, null) : null;
        }

        return mode.HasKeys && await keys.FindGoodAsync(pass.Key) is { Key: { } key } known ? Reader(key.Owner, pass, known) : null;
    }

    private static CallerIdentity Reader(OwnerId owner, SealedPass pass, KnownKey? key) =>
        new(owner, Scope.Read, SignedInBy.Ticket) { Key = key, ExpiresAt = pass.ExpiresAt };

    private bool IsForThis(SealedPass pass) =>
        Context.GetEndpoint()?.Metadata.GetMetadata<TicketAccess>() is { } access
        && Request.RouteValues.TryGetValue(access.RouteValue, out var conversation)
        && conversation is string id
        && id == pass.Conversation;
}
