using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;
using OrleansChat.Testing.Models;

namespace OrleansChat.Clients.Tests.Injection;

/// <summary>The same with the parsers that people have.</summary>
public sealed class RealClientsTests : IClassFixture<ClientsFixture>, IDisposable
{
    private readonly ClientsFixture clients;
    private readonly HostileFile hostile = new();

    public RealClientsTests(ClientsFixture clients)
    {
        this.clients = clients;
        clients.Model.Answer = EchoModel.Answer;
    }

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public Task OpenAi(string package) => RunAsync("openai", $"openai={package}");

    [ClientTheory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public Task AiSdk(int version) => RunAsync("ai-sdk", $"ai=ai{version},@ai-sdk/react=ai-react{version}");

    [ClientFact]
    public Task EventSource_and_fetch_event_source_and_durable_streams() => RunAsync("native", "");

    public void Dispose() => hostile.Dispose();

    private async Task RunAsync(string script, string packages) => Assert.EndsWith(
        "good\n", await clients.RunAsync($"injection/{script}.mjs", ("PACKAGES", packages), ("HOSTILE", hostile.Path)), StringComparison.Ordinal);
}
