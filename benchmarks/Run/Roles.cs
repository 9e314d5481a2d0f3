using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Benchmarks.Run;

/// <summary>How this very program is started again in another role, and where.</summary>
internal static class Roles
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string Command(string role)
    {
        var host = Environment.ProcessPath!;
        var program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? $"'{host}' '{typeof(Roles).Assembly.Location}'" : $"'{host}'";
        return $"{program} {role}";
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Uri FreeUrl() => new($"http://127.0.0.1:{FreePort()}/");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "OrleansChat.sln")))
            {
                return folder;
            }
        }

        throw new UsageException("The program must be run from within the repository.");
    }
}
