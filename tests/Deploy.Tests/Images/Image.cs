using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>
/// A program's root filesystem, as its image has it: what <c>dotnet publish</c> gives under the Containerfile's own arguments, the
/// runtime, the system's libraries, and no shell.
/// </summary>
internal sealed class Image : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private Image(string program) => Program = program;

    /// <summary>The program's file in <c>/app</c>.</summary>
    public string Program { get; }

    /// <summary>Where it is.</summary>
    public string Root => directory.Path;

    /// <summary>Publishes a project.</summary>
    /// <param name="project">Its folder, such as <c>Silo</c>.</param>
    public static async Task<Image> PublishAsync(string project)
    {
        var image = new Image($"OrleansChat.{project}.dll");
        foreach (var mountPoint in new[] { "app", "data", "dev", "etc", "proc", "sys", "tmp", "usr/lib", "usr/lib64", "usr/share/dotnet" })
        {
            Directory.CreateDirectory(Path.Combine(image.Root, mountPoint));
        }

        // It was made for nobody else to look into.
        await Tool.RunAsync("chmod", "755", image.Root);

        // Where the loader looks.
        File.CreateSymbolicLink(Path.Combine(image.Root, "lib"), "usr/lib");
        File.CreateSymbolicLink(Path.Combine(image.Root, "lib64"), "usr/lib64");

        // A process of MSBuild's that stays for others would keep the output open, whose end is waited for.
        await Tool.RunAsync(
            "dotnet",
            ["publish", project, "--no-build", "-nologo", "-nodeReuse:false", "-o", Path.Combine(image.Root, "app"), .. new Containerfile().PublishArguments(project), .. Variant()]);
        return image;
    }

    /// <inheritdoc />
    public void Dispose() => directory.Dispose();

    // These tests were built in one of two variants (standin/README.md), and what they publish was too.
    private static string[] Variant() =>
        AppContext.BaseDirectory.Contains("/artifacts/standin/", StringComparison.Ordinal) ? ["-p:OrleansStandIn=true"] : [];
}
