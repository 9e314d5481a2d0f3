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

    /// <summary>The log that running replies share.</summary>
    public string Live => Path.Combine(Root, "live");

    /// <summary>The folder of what an owner's replies cost, with a file per month.</summary>
    public string Usage(OwnerId owner) => Path.Combine(Root, "usage", OwnerFolder.NameOf(owner));

    /// <summary>The folder of an owner's conversations.</summary>
    public string Owner(OwnerId owner) => Path.Combine(Conversations, OwnerFolder.NameOf(owner));

    /// <summary>The main file: the journal, but for what the log of running replies holds.</summary>
    public string Main(ConversationKey key) => Path.Combine(Owner(key.Owner), key.Id.Value + MainSuffix);
}
