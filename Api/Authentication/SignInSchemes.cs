namespace OrleansChat.Authentication;

/// <summary>The names of the authentication schemes.</summary>
internal static class SignInSchemes
{
    /// <summary>Whichever of the others a request calls for.</summary>
    public const string Any = "OrleansChat";

    /// <summary>See <see cref="SignedInBy.Local"/>.</summary>
    public const string Local = nameof(SignedInBy.Local);

    /// <summary>See <see cref="SignedInBy.Key"/>.</summary>
    public const string Key = nameof(SignedInBy.Key);

    /// <summary>See <see cref="SignedInBy.Proxy"/>.</summary>
    public const string Proxy = nameof(SignedInBy.Proxy);

    /// <summary>See <see cref="SignedInBy.Session"/>.</summary>
    public const string Session = nameof(SignedInBy.Session);

    /// <summary>See <see cref="SignedInBy.Ticket"/>.</summary>
    public const string Ticket = nameof(SignedInBy.Ticket);
}
