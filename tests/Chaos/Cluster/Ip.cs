using System.ComponentModel;
using System.Diagnostics;

namespace OrleansChat.Chaos.Cluster;

/// <summary>iproute2's <c>ip</c>.</summary>
internal static class Ip
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">Its arguments, none of which has blanks in it.</param>
    /// <exception cref="IpException">It is missing, or failed.</exception>
    public static async Task RunAsync(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments.Split(' ')) { UseShellExecute = false, RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new IpException($"ip {arguments}: {said.Trim()}");
            }
        }
        catch (Win32Exception e)
        {
            throw new IpException(e.Message);
        }
    }

    /// <summary>Runs it, and does not mind if it fails.</summary>
    public static async Task TryAsync(string arguments)
    {
        try
        {
            await RunAsync(arguments);
        }
        catch (IpException)
        {
            // What is to be removed may never have been there.
        }
    }
}

/// <summary>The network could not be changed; the message says how and why.</summary>
internal sealed class IpException(string message) : Exception(message);
