using System.Diagnostics;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>A file system in memory, so small that a test can fill it. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string path;

    public SmallDisk(string path, string size)
    {
        this.path = path;
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path))
        {
            throw new InvalidOperationException($"{path} cannot be mounted.");
        }
    }

    /// <summary>Whether this process may mount.</summary>
    public static bool IsPossible { get; } = Try();

    // Lazily, so that a test that failed with files open leaves no mount behind.
    public void Dispose() => Run("umount", "--lazy", path);

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var probe = Directory.CreateTempSubdirectory("orleanschat-mount-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", probe) && Run("umount", probe);
        Directory.Delete(probe);
        return mounted;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test of what only Linux has.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has /dev/full.";
}

/// <summary>A test that fills a disk of its own.</summary>
internal sealed class TmpfsTheoryAttribute : TheoryAttribute
{
    public TmpfsTheoryAttribute() => Skip = SmallDisk.IsPossible ? null : "This process may not mount a disk of its own.";
}
