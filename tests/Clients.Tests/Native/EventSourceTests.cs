using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;

namespace OrleansChat.Clients.Tests.Native;

/// <summary>What browsers have, as npm's eventsource.</summary>
public class EventSourceTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientFact]
    public async Task It_is_cut_after_every_event_of_a_running_reply_and_gets_each_exactly_once()
    {
        Assert.EndsWith("events, cut after each\n", await clients.RunAsync("native/eventsource.mjs"), StringComparison.Ordinal);
    }
}
