using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;

namespace OrleansChat.Clients.Tests.Native;

/// <summary>@microsoft/fetch-event-source, which repeats its POST whenever it reconnects.</summary>
public class FetchEventSourceTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData(NodeVersion.Node22)]
    [InlineData(NodeVersion.Installed)]
    public async Task With_a_key_its_repeated_posts_make_one_generation(NodeVersion node)
    {
        var before = clients.Model.Requests.Count;

        Assert.Equal("1 2 2 2 2 6 4", (await clients.RunAsync(node, "native/fetch-event-source.mjs")).Trim());
        Assert.Equal(7, clients.Model.Requests.Count - before);
    }
}
