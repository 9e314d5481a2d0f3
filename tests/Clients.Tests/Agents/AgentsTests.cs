using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;
using OrleansChat.Testing.Models;

namespace OrleansChat.Clients.Tests.Agents;

/// <summary>The Agents SDK, which speaks Responses, and Chat Completions where it is told to.</summary>
public class AgentsTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    [ClientTheory]
    [InlineData("demo")]
    [InlineData("gpt-5")]
    public async Task Plain_use_tools_memory_and_errors(string model) => Assert.Equal("good\n", await clients.RunAsync("agents/agents.mjs", ("MODEL", model)));

    [ClientTheory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Images_structured_output_a_refusal_and_a_model_that_there_is_not(string useResponses)
    {
        clients.Model.Enqueue(
            ModelScript.Reply("A", " dot."), ModelScript.Reply("{\"degrees\":", "12}"), ModelScript.Stream.Refusal("I'd", " rather not.").Finish().Done());
        var before = clients.Model.Requests.Count;

        Assert.Equal("good\n", await clients.RunAsync("agents/content.mjs", ("RESPONSES", useResponses)));

        var (image, structured) = (clients.Model.Requests[before].Json, clients.Model.Requests[before + 1].Json);
        var parts = image.GetProperty("messages").EnumerateArray().Last().GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(["text", "image_url"], parts.Select(part => part.GetProperty("type").GetString()));
        Assert.StartsWith("data:image/png;base64,iVBOR", parts[1].GetProperty("image_url").GetProperty("url").GetString(), StringComparison.Ordinal);
        var format = structured.GetProperty("response_format");
        Assert.Equal("json_schema", format.GetProperty("type").GetString());
        Assert.Equal("number", format.GetProperty("json_schema").GetProperty("schema").GetProperty("properties").GetProperty("degrees").GetProperty("type").GetString());
        Assert.True(format.GetProperty("json_schema").GetProperty("strict").GetBoolean());
        Assert.Equal(before + 3, clients.Model.Requests.Count);
    }

    [ClientFact]
    public async Task A_run_that_is_cut_off_goes_on_and_one_that_is_left_can_be_stopped() => Assert.Equal("good\n", await clients.RunAsync("agents/cut.mjs", ("PACKAGES", "openai=openai7")));

    [ClientFact]
    public async Task Its_own_repetitions_make_one_generation_each()
    {
        var before = clients.Model.Requests.Count;

        Assert.Equal("12 questions\n", await clients.RunAsync("agents/retries.mjs"));
        Assert.Equal(12, clients.Model.Requests.Count - before);
    }
}
