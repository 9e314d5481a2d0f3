namespace OrleansChat.Authentication;

/// <summary>By what a caller was let in.</summary>
internal enum SignedInBy
{
    /// <summary>By being on this machine, where nobody signs in.</summary>
    Local,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>By the word of a trusted proxy.</summary>
    Proxy,

    /// <summary>By the cookie of a session, which a key began.</summary>
    Session,

    /// <summary>By a ticket for one conversation's streams.</summary>
    Ticket,
}
