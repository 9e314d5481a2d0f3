using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>nchan in nginx, and beside it the application that publishes, which counts as part of the generator.</summary>
internal static class NchanServer
{
    private const string Module = "/usr/lib/nginx/modules/ngx_nchan_module.so";

    public static async Task StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        await DebianPackages.EnsureAsync(cancellationToken, "nginx", "libnginx-mod-nchan");
        var url = Roles.FreeUrl();
        var publisherUrl = Roles.FreeUrl();
        var folder = server.NewFolder();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, await ConfigurationAsync(folder, url, publisherUrl, cancellationToken), cancellationToken);
        var nginx = server.Start($"nginx -p '{folder}' -c '{configuration}' -e '{folder}/error.log'", start.Pinning.Server, folder, []);
        var publisher = server.StartBeside(
            $"{Roles.Command("publisher")} --port {publisherUrl.Port} --model {start.ModelUrl} --nchan {url}", start.Pinning.Generator, Roles.Root, []);
        server.Urls.Add(url);
        await Readiness.WaitAsync("nchan", nginx, new Uri(url, "health/ready"), start.Patience, cancellationToken);
        await Readiness.WaitAsync("The publisher", publisher, new Uri(publisherUrl, "health/ready"), start.Patience, cancellationToken);
    }

    private static async Task<string> ConfigurationAsync(string folder, Uri url, Uri publisher, CancellationToken cancellationToken)
    {
        var template = await File.ReadAllTextAsync(Path.Combine(Baselines.FolderOf("nchan"), "nginx.conf.template"), cancellationToken);
        return template
            .Replace("{module}", Module)
            .Replace("{user}", Environment.UserName)
            .Replace("{folder}", folder)
            .Replace("{port}", $"{url.Port}")
            .Replace("{publisher}", $"{publisher.Port}");
    }
}
