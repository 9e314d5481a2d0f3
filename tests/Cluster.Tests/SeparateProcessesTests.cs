using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests;

/// <summary>Silo and API as two programs on one machine.</summary>
public class SeparateProcessesTests
{
    [Fact]
    public async Task The_API_talks_to_a_silo_in_another_process_and_gets_over_its_restart()
    {
        using var directory = new TemporaryDirectory();
        (string, string)[] cluster =
        [
            ("Cluster__HostsSilo", "false"),
            ("Cluster__SiloPort", $"{FreePort.Next()}"),
            ("Cluster__GatewayPort", $"{FreePort.Next()}"),
            ("Storage__Path", directory.Path),
            ("Models__demo__TokensPerSecond", "200"),
            ("Replies__TakeOver__Attempts", "0"),
        ];
        await using var silo = ProgramProcess.Start("OrleansChat.Silo.dll", cluster);
        await using var product = await ProductProcess.StartAsync(directory.Path, cluster);
        var conversation = await product.Api.CreateAsync();
        using (var reader = await product.Api.SendAndFollowAsync(conversation, "hello [demo: tokens=100]"))
        {
            await reader.ToEndAsync();
            Assert.Equal("reply.completed", reader.Events[^1].Type);
        }

        await product.Api.SendAsync(conversation, "again [demo: tokens=10000]");
        using var cut = await product.Api.FollowAsync(conversation, "until=idle");
        await cut.UntilAsync("reply.delta");
        await silo.KillAsync();
        await using var next = ProgramProcess.Start("OrleansChat.Silo.dll", cluster);
        await cut.ToEndAsync();

        Assert.Equal("reply.interrupted", cut.Events[^1].Type);
        Assert.Equal(cut.Events.Select(e => e.Id).Order().Distinct(), cut.Events.Select(e => e.Id));
    }
}
