using OrleansChat.Owners;

namespace OrleansChat.Authentication;

/// <summary>What lets a caller in, for as long as he reads or waits. It can end before he does.</summary>
internal sealed class Admission : IDisposable
{
    private static readonly Admission Endless = new(null, null, TimeProvider.System);

    private readonly KnownKey? key;
    private readonly DateTimeOffset? expiresAt;
    private readonly TimeProvider clock;

    private Admission(KnownKey? key, DateTimeOffset? expiresAt, TimeProvider clock) => (this.key, this.expiresAt, this.clock) = (key, expiresAt, clock);

    /// <summary>Whether it has ended: the key was revoked or has expired, or the session or ticket has.</summary>
    public bool HasEnded => key is { IsGood: false } || (expiresAt is { } end && end <= clock.GetUtcNow());

    /// <summary>What lets the caller of a request in; from now on it is looked at again and again until the response has ended.</summary>
    public static Admission Of(HttpContext context)
    {
        if (context.FindIdentity() is not { } caller || (caller.Key is null && caller.ExpiresAt is null))
        {
            return Endless;
        }

        if (context.Features.Get<Admission>() is { } known)
        {
            return known;
        }

        var admission = new Admission(caller.Key, caller.ExpiresAt, context.RequestServices.GetRequiredService<TimeProvider>());
        if (caller.Key is { } key)
        {
            context.RequestServices.GetRequiredService<KnownKeys>().Hold(key);
        }

        context.Features.Set(admission);
        context.Response.RegisterForDispose(admission);
        return admission;
    }

    /// <summary>Ends the request, of which nothing was answered yet, where what let the caller in has ended.</summary>
    /// <exception cref="AdmissionEndedException">It has.</exception>
    public void ThrowIfEnded()
    {
        if (HasEnded)
        {
            throw new AdmissionEndedException();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (key is not null)
        {
            KnownKeys.Release(key);
        }
    }
}
