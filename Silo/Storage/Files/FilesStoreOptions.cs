using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Storage.Files;

/// <summary>Settings of <see cref="FilesConversationStore"/>, from the configuration section <c>Storage</c>.</summary>
internal sealed class FilesStoreOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>The directory that holds all data; made if it is missing. Default: <c>data</c> in the working directory.</summary>
    [Required(ErrorMessage = "Storage:Path must name a directory.")]
    public string Path { get; set; } = "data";

    /// <summary>What a committed append outlives. Default: <see cref="Durability.Process"/>.</summary>
    [EnumDataType(typeof(Durability), ErrorMessage = "Storage:Durability must be Process or Machine.")]
    public Durability Durability { get; set; } = Durability.Process;

    /// <summary>
    /// How many conversations are kept open at most, 1 to 1,000,000; each takes a file handle. Opening one reads its
    /// events once, so fewer than are active at a time costs speed. Default: 4096.
    /// </summary>
    [Range(1, 1_000_000)]
    public int OpenConversations { get; set; } = 4096;
}
