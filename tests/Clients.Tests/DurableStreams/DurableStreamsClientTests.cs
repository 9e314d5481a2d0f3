using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;

namespace OrleansChat.Clients.Tests.DurableStreams;

/// <summary>The protocol's own client reads conversations.</summary>
public class DurableStreamsClientTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData("streams/every-offset.mjs")]
    [InlineData("streams/live.mjs")]
    public async Task It_reads_what_the_journal_has(string script)
    {
        await clients.RunAsync(script);
    }

    [ClientFact]
    public async Task It_is_cut_after_every_frame_and_goes_on()
    {
        Assert.True(int.Parse((await clients.RunAsync("streams/cut.mjs")).Trim(), System.Globalization.CultureInfo.InvariantCulture) >= 12);
    }
}
