using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>Where everything lies under the data directory.</summary>
internal sealed class StorePaths(string root)
{
    /// <summary>How the name of a conversation's main file ends.</summary>
    public const string MainSuffix = ".jsonl";

    /// <summary>The data directory.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Held by the process that uses the directory.</summary>
    public string Lock => Path.Combine(Root, ".lock");

    /// <summary>Written to find out whether anything can be.</summary>
    public string Check => Path.Combine(Root, ".check");

    /// <summary>A folder per owner.</summary>
    public string Conversations => Path.Combine(Root, "conversations");

    /// <summary>A folder per owner, of what is kept for a short while only.</summary>
    public string Transient => Path.Combine(Root, "transient");

    /// <summary>The log that running replies share.</summary>
    public string Live => Path.Combine(Root, "live");

    /// <summary>A file per API key.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The folder of what an owner's replies cost, with a file per month.</summary>
    public string Usage(OwnerId owner) => Path.Combine(Root, "usage", OwnerFolder.NameOf(owner));

    /// <summary>The folder of an owner's conversations, the transient ones or the others.</summary>
    public string Owner(OwnerId owner, bool transient = false) =>
        Path.Combine(transient ? Transient : Conversations, OwnerFolder.NameOf(owner));

    /// <summary>The main file: the journal, but for what the log of running replies holds.</summary>
    public string Main(ConversationKey key, bool transient = false) =>
        Path.Combine(Owner(key.Owner, transient), key.Id.Value + MainSuffix);

    /// <summary>The main file that there is; null where there is none.</summary>
    public string? FindMain(ConversationKey key)
    {
        var (main, transient) = (Main(key), Main(key, transient: true));
        return File.Exists(main) ? main : File.Exists(transient) ? transient : null;
    }
}
