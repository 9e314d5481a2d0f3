using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;

namespace OrleansChat.Clients.Tests.Responses;

/// <summary>OpenAI's SDKs for Node, and Responses and Conversations.</summary>
public class ResponsesTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Plain_use_and_errors(string package) => Assert.Equal("good\n", await RunAsync("responses/plain.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Functions(string package) => Assert.Equal("good\n", await RunAsync("responses/tools.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Cut_after_every_frame_and_gone_on_with(string package) => Assert.Equal("30 cuts\n", await RunAsync("responses/cut.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task In_the_background(string package) => Assert.Equal("good\n", await RunAsync("responses/background.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Conversations(string package) => Assert.Equal("good\n", await RunAsync("responses/conversations.mjs", package));

    [ClientTheory]
    [InlineData("openai6")]
    [InlineData("openai7")]
    public async Task Its_own_repetitions_make_one_generation_each(string package)
    {
        var before = clients.Model.Requests.Count;

        Assert.Equal("8 questions\n", await RunAsync("responses/retries.mjs", package));
        Assert.Equal(8, clients.Model.Requests.Count - before);
    }

    private Task<string> RunAsync(string script, string package) => clients.RunAsync(script, ("PACKAGES", $"openai={package}"));
}
