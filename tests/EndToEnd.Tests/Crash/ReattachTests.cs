using OrleansChat.Testing;
using OrleansChat.Testing.Models.Responses;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Crash;

/// <summary>The process is killed without warning in the middle of a reply that OpenAI's Responses API goes on producing.</summary>
public class ReattachTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_reply_survives_kill_after_kill_letter_by_letter_and_is_paid_once()
    {
        using var directory = new TemporaryDirectory();
        await using var provider = await ResponsesServer.StartAsync();
        string conversation;
        ServedResponse response;
        await using (var product = await ProductProcess.StartAsync(directory.Path, SettingsFor(provider)))
        {
            conversation = await product.Api.CreateAsync();
            using var reader = await product.Api.SendAndFollowAsync(conversation, "go");
            response = await provider.NextResponseAsync();
            response.Emit("0: Grüße 👩‍🚀, ");
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        for (var round = 1; round <= 3; round++)
        {
            response.Emit($"{round}: unread, ", "still unread, ");
            await using var product = await ProductProcess.StartAsync(directory.Path, SettingsFor(provider));
            using var reader = await product.Api.FollowAsync(conversation);
            response.Emit($"{round}: read. ");
            await reader.UntilTextAsync($"{round}: read. ");
            await product.KillAsync();
        }

        await using var last = await ProductProcess.StartAsync(directory.Path, SettingsFor(provider));
        await response.WaitForReadersAsync(5).WaitAsync(Patience);
        response.Complete(input: 12, output: 34);
        using var all = await last.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await all.ToEndAsync();

        const string Whole =
            "0: Grüße 👩‍🚀, 1: unread, still unread, 1: read. 2: unread, still unread, 2: read. 3: unread, still unread, 3: read. ";
        Assert.Equal(Whole, all.Text);
        Assert.Equal(Whole, (await last.Api.LastMessageAsync(conversation)).GetProperty("content").GetString());
        Assert.Equal(("reply.completed", 34), (all.Events[^1].Type, all.Events[^1].Json.GetProperty("usage").GetProperty("output_tokens").GetInt32()));
        Assert.Equal([1, 2, 3, 4], all.Events.Where(e => e.Type == "reply.continued").Select(e => e.Json.GetProperty("attempt").GetInt32()));
        Assert.Equal(Enumerable.Range(1, all.Events.Count).Select(id => (long)id), all.Events.Select(e => e.Id));
        Assert.Single(provider.Responses);
    }

    [Fact]
    public async Task Cancelling_after_a_crash_stops_what_the_provider_produces()
    {
        using var directory = new TemporaryDirectory();
        await using var provider = await ResponsesServer.StartAsync();
        string conversation;
        ServedResponse response;
        await using (var product = await ProductProcess.StartAsync(directory.Path, SettingsFor(provider)))
        {
            conversation = await product.Api.CreateAsync();
            using var reader = await product.Api.SendAndFollowAsync(conversation, "go");
            response = await provider.NextResponseAsync();
            response.Emit("half");
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, SettingsFor(provider));
        Assert.False(response.Cancelled.IsCompleted);
        await again.Api.PostAsync($"/conversations/{conversation}/cancel", new { });

        await response.Cancelled.WaitAsync(Patience);
        Assert.Equal("cancelled", (await again.Api.LastMessageAsync(conversation)).GetProperty("status").GetString());
    }

    private static (string Name, string Value)[] SettingsFor(ResponsesServer provider) =>
    [
        ("Models__scripted__Provider", "openai-responses"),
        ("Models__scripted__Endpoint", provider.Endpoint.ToString()),
        ("Models__scripted__ApiKey", "test-key-of-the-scripted-model"),
        ("Models__scripted__TakeOver", "Reattach"),
        ("Models__Default", "scripted"),
    ];
}
