using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.AiSdk;

/// <summary>The process is killed in mid-reply, and the client of a chat comes back to the next one.</summary>
public class CrashTests
{
    private const string Question = "[demo: tokens=200] Why?";

    [Fact]
    public async Task Whoever_counted_chunks_gets_the_rest_of_a_reply_that_continues()
    {
        using var directory = new TemporaryDirectory();
        string run;
        List<string> seen = [];
        var body = new { messages = new[] { ChatPage.User("q1", Question) } };
        await using (var product = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Killable))
        {
            run = await new ChatPage(product.Api, "crash").LeaveAsync(body);
            var cut = await new ChatPage(product.Api, "crash").OpenStreamAsync();
            using var native = await product.Api.FollowAsync((await product.Api.GetAsync("/conversations")).GetProperty("data")[0].GetProperty("id").GetString()!);
            await native.UntilIdAsync(40);
            await product.KillAsync();
            seen.AddRange((await cut).Frames);
        }

        // Three frames open the text: he has seen some of it.
        Assert.True(seen.Count > 3);
        await using var again = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Fast);
        var page = new ChatPage(again.Api, "crash");
        var rest = await page.ResumeAsync($"?startIndex={seen.Count}", run);
        var whole = await page.ResumeAsync("", run);

        Assert.Equal(whole.Frames, seen.Concat(rest.Frames));
        Assert.Contains("data-status", rest.Types);
        Assert.Equal([$"user: {Question}", $"assistant: {whole.Text}"], await page.MessagesAsync());
    }

    [Fact]
    public async Task Whoever_counted_chunks_of_a_step_that_began_anew_is_told_so_and_the_step_before_it_stands()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        var gate = new Gate();
        model.Enqueue(
            ModelScript.Stream.Text("Wait.").ToolCall(0, "call_a", "get_weather", "{}").Finish("tool_calls").Done(),
            ModelScript.Stream.Text("half", " of", " it").Stall(),
            ModelScript.Stream.Text("All").Wait(gate).Text(" of it").Finish().Done());
        string run;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model)))
        {
            var first = new ChatPage(product.Api, "crash");
            var step = await first.PostAsync(new { messages = new[] { ChatPage.User("q1", "Why?") }, tools = new { get_weather = new { } } });
            object[] parts = [new { type = "tool-get_weather", toolCallId = "call_a", state = "output-available", input = new { }, output = new { degrees = 12 } }];
            run = await first.LeaveAsync(new { messages = new[] { ChatPage.User("q1", "Why?"), new { id = step.MessageId, role = "assistant", parts } } });
            var conversation = (await product.Api.GetAsync("/conversations")).GetProperty("data")[0].GetProperty("id").GetString()!;
            using var native = await product.Api.FollowAsync(conversation);
            await native.UntilTextAsync(" it");
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model));
        var page = new ChatPage(again.Api, "crash");
        var open = await page.OpenStreamAsync();
        gate.Open();
        var (whole, last) = (await open, await page.ResumeAsync("", run));
        var late = await page.ResumeAsync("?startIndex=5", run);

        Assert.Equal(("Wait.All of it", "All of it"), (whole.Text, last.Text));
        Assert.Equal("reply_restarted", late.Headers["X-Error-Code"]);
        Assert.Equal(
            [
                "start", "start-step", "text-start", "text-delta", "text-end", "tool-input-start", "tool-input-delta", "tool-input-available", "finish-step",
                "tool-output-available", "start-step", "message-metadata", "data-status", "text-start", "text-delta", "text-delta", "text-end", "finish-step", "finish", "[DONE]",
            ],
            whole.Types);

        // The first step is nobody's loss, and a number that no void chunk had is one of now.
        var second = whole.Types.ToList().IndexOf("tool-output-available");
        Assert.Equal(whole.Frames.Skip(second), (await page.ResumeAsync($"?startIndex={second}")).Frames);
        Assert.Equal(last.Frames.Skip(7), (await page.ResumeAsync("?startIndex=7", run)).Frames);
    }
}
