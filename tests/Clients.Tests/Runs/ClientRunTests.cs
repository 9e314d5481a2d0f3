using OrleansChat.Clients.Tests.Installation;

namespace OrleansChat.Clients.Tests.Runs;

/// <summary>What runs the scripts of all other tests.</summary>
public class ClientRunTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData("openai6", "6.")]
    [InlineData("openai7", "7.")]
    public async Task A_script_gets_the_package_that_it_is_given_under_the_name_that_users_know(string package, string version)
    {
        var said = await clients.RunAsync("runs/version.mjs", ("PACKAGES", $"openai={package}"));

        Assert.Equal($"v22 {version}", said[..6]);
    }

    [ClientFact]
    public async Task A_script_may_import_nothing_that_is_there_by_chance()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => clients.RunAsync("runs/version.mjs"));

        Assert.Contains("tests/Clients/package.json does not name openai", failure.Message, StringComparison.Ordinal);
    }

    [ClientFact]
    public async Task A_script_whose_assertion_fails_fails_the_test_with_what_it_said()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => clients.RunAsync(NodeVersion.Installed, "runs/failing.mjs"));

        Assert.Contains("failing.mjs ended with 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("One is not two.", failure.Message, StringComparison.Ordinal);
    }

    [ClientFact]
    public async Task A_script_reaches_the_product()
    {
        await using var run = clients.Start(NodeVersion.Installed, "runs/ready.mjs");

        await run.UntilItSaysAsync("asking");
        Assert.EndsWith("200\n", await run.EndAsync(), StringComparison.Ordinal);
    }
}
