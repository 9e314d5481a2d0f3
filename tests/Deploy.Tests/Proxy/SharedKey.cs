using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Proxy;

/// <summary>One key for all nodes, each of which has a store of its own here: made once, by the command, and put into each.</summary>
internal static class SharedKey
{
    private static readonly Lazy<Task<(string Text, string FileName, byte[] File)>> Made = new(MakeAsync);

    /// <summary>The key.</summary>
    public static async Task<string> TextAsync() => (await Made.Value).Text;

    /// <summary>Puts it into a data directory.</summary>
    public static async Task PutAsync(string dataDirectory)
    {
        var (_, name, file) = await Made.Value;
        Directory.CreateDirectory(Path.Combine(dataDirectory, "keys"));
        await File.WriteAllBytesAsync(Path.Combine(dataDirectory, "keys", name), file);
    }

    private static async Task<(string, string, byte[])> MakeAsync()
    {
        using var directory = new TemporaryDirectory();
        var text = await KeysTool.AddAsync([("Storage__Path", directory.Path)], "local");
        var path = Directory.GetFiles(Path.Combine(directory.Path, "keys"), "*.json").Single();
        return (text, Path.GetFileName(path), await File.ReadAllBytesAsync(path));
    }
}
