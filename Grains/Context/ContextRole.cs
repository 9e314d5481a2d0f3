namespace OrleansChat.Context;

/// <summary>What a message is to the one who fits a conversation to a window.</summary>
internal enum ContextRole
{
    /// <summary>Always kept.</summary>
    System,

    /// <summary>A turn begins with it.</summary>
    User,

    /// <summary>Belongs to the turn in which it stands: a reply, a tool's result.</summary>
    Other,
}
