namespace OrleansChat.Authentication;

/// <summary>Knows the origins whose pages may use this server.</summary>
internal interface ICrossOrigins
{
    /// <summary>Whether they may do so by what browsers add of themselves: cookies above all.</summary>
    bool AllowCredentials { get; }

    /// <summary>Whether an origin, such as <c>https://chat.example.com</c>, may.</summary>
    bool Allows(string origin);
}
