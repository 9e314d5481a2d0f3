using System.Text;
using OrleansChat.Testing;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Clients.Tests.Injection;

/// <summary>The hostile texts as a file, for scripts: an array of <c>{attacks, text}</c>, in ASCII.</summary>
internal sealed class HostileFile : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public HostileFile() => File.WriteAllText(
        Path,
        $"[{string.Join(",\n", HostileTexts.All.Select(text => $"{{\"attacks\":{HostileTexts.Quote(text.Attacks)},\"text\":{HostileTexts.Quote(text.Text)}}}"))}]",
        Encoding.ASCII);

    /// <summary>Where it is.</summary>
    public string Path => System.IO.Path.Combine(directory.Path, "hostile.json");

    public void Dispose() => directory.Dispose();
}
