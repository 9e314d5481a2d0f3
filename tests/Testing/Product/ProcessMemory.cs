using System.Globalization;

namespace OrleansChat.Testing.Product;

/// <summary>What a process of this machine takes, as the kernel counts it (Linux).</summary>
public static class ProcessMemory
{
    /// <summary>Its resident memory, in bytes.</summary>
    public static long ResidentBytes(int process)
    {
        var line = Array.Find(File.ReadAllLines($"/proc/{process}/status"), line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no process {process}.");
        return long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
