using System.Buffers.Text;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using OrleansChat.Errors;

namespace OrleansChat.Authentication;

/// <summary>Seals passes with the cluster's keys, so that every API node can open them and nobody else can make or read one.</summary>
internal sealed class Sealer(IDataProtectionProvider protection, TimeProvider clock)
{
    // Beyond what any pass takes; sealed texts come from callers.
    private const int Longest = 2_000;

    private readonly IDataProtector sessions = protection.CreateProtector("OrleansChat", "session", "v1");
    private readonly IDataProtector tickets = protection.CreateProtector("OrleansChat", "ticket", "v1");

    /// <summary>Seals a pass.</summary>
    public string Seal(SealedPass pass) =>
        Base64Url.EncodeToString(For(pass.Conversation is not null).Protect(JsonSerializer.SerializeToUtf8Bytes(pass, SealedPassJson.Default.SealedPass)));

    /// <summary>Opens a pass; null for what is none, or has ended.</summary>
    /// <param name="text">The sealed pass.</param>
    /// <param name="isTicket">Whether it has to be a ticket, or a session.</param>
    public SealedPass? Open(string? text, bool isTicket)
    {
        if (text is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var pass = JsonSerializer.Deserialize(For(isTicket).Unprotect(Base64Url.DecodeFromChars(text)), SealedPassJson.Default.SealedPass);
            return pass is not null && clock.GetUtcNow() < pass.ExpiresAt && pass.Conversation is not null == isTicket ? pass : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            // That the keys cannot be had now says nothing about the pass.
            for (var cause = e.InnerException; cause is not null; cause = cause.InnerException)
            {
                if (Unavailability.IsTransient(cause))
                {
                    ExceptionDispatchInfo.Throw(cause);
                }
            }

            return null;
        }
    }

    private IDataProtector For(bool isTicket) => isTicket ? tickets : sessions;
}
