using System.Diagnostics;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Compose;

/// <summary>The compose file.</summary>
public class ComposeTests
{
    private static readonly string[] Ours = ["silo", "api", "proxy"];

    private readonly ComposeFile file = new();

    [Fact]
    public void It_is_a_cluster_of_two_silos_and_two_API_nodes_behind_a_proxy()
    {
        Assert.Equal(["api", "postgres", "proxy", "silo"], file.Services.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, file.Services["silo"].Number("deploy/replicas"));
        Assert.Equal(2, file.Services["api"].Number("deploy/replicas"));
    }

    [Fact]
    public void Only_the_proxy_is_reachable_and_only_from_this_machine()
    {
        var published = file.Services.Where(service => service.Value.Items("ports").Any()).ToList();

        Assert.Equal("proxy", Assert.Single(published).Key);
        Assert.Equal("${LISTEN:-127.0.0.1:8080}:8080", Assert.Single(published[0].Value.Items("ports")).ToString());
        Assert.Contains("LISTEN=127.0.0.1:8080\n", Repository.Read("deploy/.env.example"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_proxy_shares_no_network_with_silos_and_the_database()
    {
        string[] Networks(string service) => [.. file.Services[service].Items("networks").Select(name => name.ToString())];

        Assert.Empty(Networks("proxy").Intersect(Networks("silo").Concat(Networks("postgres"))));

        // A silo in two networks would have to guess which address is its own.
        Assert.Single(Networks("silo"));
        Assert.Empty(Networks("silo").Concat(Networks("proxy")).Except(Networks("api")));
    }

    [Fact]
    public void What_is_ours_can_do_no_more_than_it_has_to_and_comes_back_when_it_dies()
    {
        Assert.All(Ours.Select(name => file.Services[name]), service =>
        {
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal(["ALL"], service.Items("cap_drop").Select(name => name.ToString()));
            Assert.Equal(["no-new-privileges:true"], service.Items("security_opt").Select(option => option.ToString()));
            Assert.Equal("unless-stopped", service.Text("restart"));
        });
    }

    [Fact]
    public void Every_setting_is_one_that_the_programs_know_and_no_secret_is_written_out()
    {
        foreach (var service in new[] { "silo", "api" }.Select(name => file.Services[name]))
        {
            var settings = service.Pairs("environment");
            Assert.All(settings.Keys, KnownSettings.AssertKnown);
            Assert.Equal("PostgreSQL", settings["Cluster__Mode"]);
            Assert.DoesNotContain("Password", settings["ConnectionStrings__PostgreSQL"], StringComparison.OrdinalIgnoreCase);
        }

        var secrets = file.Services.Values.SelectMany(service => service.Pairs("environment"))
            .Where(setting => KnownSettings.IsSecret(setting.Key) && setting.Key != "ConnectionStrings__PostgreSQL").ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, setting => Assert.StartsWith("${", setting.Value, StringComparison.Ordinal));
        Assert.Contains("\nPOSTGRES_PASSWORD=\n", Repository.Read("deploy/.env.example"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_comes_has_to_sign_in() => Assert.Equal("true", file.Services["api"].Pairs("environment")[KnownSettings.SignIn]);

    [ComposeFact]
    public void Compose_itself_takes_the_file_and_asks_for_a_password()
    {
        Assert.Equal((0, ""), Run("a password"));
        var (code, said) = Run("");
        Assert.NotEqual(0, code);
        Assert.Contains("copy deploy/.env.example to deploy/.env", said, StringComparison.Ordinal);

        (int Code, string Errors) Run(string password)
        {
            var start = new ProcessStartInfo(ComposeFactAttribute.Command[0], [.. ComposeFactAttribute.Command[1..], "-f", Repository.PathOf(ComposeFile.Path), "config", "--quiet"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                Environment = { ["POSTGRES_PASSWORD"] = password },
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, errors);
        }
    }
}
