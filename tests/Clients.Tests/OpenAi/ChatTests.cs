using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;

namespace OrleansChat.Clients.Tests.OpenAi;

/// <summary>OpenAI's SDK for Node, and Chat Completions.</summary>
public class ChatTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Plain_use_and_errors(string package) => Assert.Equal("good\n", await RunAsync("openai/chat.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Tools(string package) => Assert.Equal("good\n", await RunAsync("openai/chat-tools.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Cut_after_every_frame_and_gone_on_with(string package) => Assert.Equal("22 cuts\n", await RunAsync("openai/chat-cut.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Leaving_and_stopping(string package) => Assert.Equal("good\n", await RunAsync("openai/chat-leave.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Its_own_repetitions_make_one_generation_each(string package)
    {
        var before = clients.Model.Requests.Count;

        Assert.Equal("8 questions\n", await RunAsync("openai/chat-retries.mjs", package));
        Assert.Equal(8, clients.Model.Requests.Count - before);
    }

    private Task<string> RunAsync(string script, string package) => clients.RunAsync(script, ("PACKAGES", $"openai={package}"));
}
