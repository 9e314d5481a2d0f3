namespace OrleansChat.Storage.Files;

/// <summary>What an append outlives once it is committed.</summary>
internal enum Durability
{
    /// <summary>The end of the process, however sudden: the bytes are in the operating system's page cache.</summary>
    Process,

    /// <summary>A loss of power too: the file, and a new file's directory, are flushed to the disk (fsync) before the append counts.</summary>
    Machine,
}
