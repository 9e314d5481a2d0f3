namespace OrleansChat.Keys;

/// <summary>What a caller may do with what is his. Each includes the ones before it.</summary>
[Flags]
public enum Scope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read conversations, and follow them.</summary>
    Read = 1,

    /// <summary>Create, change and delete conversations, and have replies made.</summary>
    Write = 2,

    /// <summary>Administer the server: its keys above all. Other owners' conversations are no part of that.</summary>
    Admin = 4,
}
