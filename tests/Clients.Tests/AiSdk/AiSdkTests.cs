using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;
using OrleansChat.Testing.Models;

namespace OrleansChat.Clients.Tests.AiSdk;

/// <summary>What <c>useChat</c> is made of, the <c>Chat</c> class, with its transports, in all versions that people have.</summary>
public class AiSdkTests(ClientsFixture clients) : IClassFixture<ClientsFixture>
{
    private static readonly string[] Scripts = ["use-chat", "plain", "tools", "reasoning", "branches", "stop", "errors", "resume", "two-tabs"];

    public static TheoryData<int, string> Everything
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var version in new[] { 5, 6, 7 })
            {
                foreach (var script in Scripts)
                {
                    data.Add(version, script);
                }
            }

            return data;
        }
    }

    [ClientTheory]
    [MemberData(nameof(Everything))]
    public Task A_chat_of_each_version_does_what_useChat_does(int version, string script) => RunAsync(version, script);

    [ClientTheory]
    [InlineData(6)]
    [InlineData(7)]
    public Task A_browser_s_broken_connection_is_resumed_where_the_client_kept_what_it_had(int version) =>
        RunAsync(version, "resume", ("CUT_ERROR", "network error"));

    [ClientTheory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task An_image_and_an_answer_of_a_given_form(int version)
    {
        clients.Model.Enqueue(ModelScript.Reply("{\"degrees\":", "12}"));
        var before = clients.Model.Requests.Count;

        await RunAsync(version, "content");

        var asked = Assert.Single(clients.Model.Requests.Skip(before)).Json;
        var parts = asked.GetProperty("messages").EnumerateArray().Last().GetProperty("content").EnumerateArray().ToList();
        var image = Assert.Single(parts, part => part.GetProperty("type").GetString() == "image_url");
        Assert.StartsWith("data:image/png;base64,iVBOR", image.GetProperty("image_url").GetProperty("url").GetString(), StringComparison.Ordinal);
        var schema = asked.GetProperty("response_format").GetProperty("json_schema");
        Assert.Equal(("weather", "number"), (schema.GetProperty("name").GetString(), schema.GetProperty("schema").GetProperty("properties").GetProperty("degrees").GetProperty("type").GetString()));
    }

    [ClientFact]
    public Task WorkflowChatTransport_resumes_by_itself_at_every_chunk() => RunAsync(7, "workflow");

    private Task<string> RunAsync(int version, string script, params (string Name, string Value)[] values) => clients.RunAsync(
        $"ai-sdk/{script}.mjs", [("PACKAGES", $"ai=ai{version},@ai-sdk/react=ai-react{version},@ai-sdk/workflow=ai-workflow"), .. values]);
}
