using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Responses;

/// <summary>Responses that wait until the ones before them have ended.</summary>
public class ResponseQueueTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_response_that_waits_is_gone_when_it_is_deleted_and_not_when_it_is_cancelled()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Wait(gate).Text("First.").Finish().Done());
        var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { })).Text("id");
        var running = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "One?", conversation, background = true });
        var waiting = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var response = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "And?", conversation, background = true });
            Assert.Equal("queued", response.Text("status"));
            waiting.Add($"/v1/responses/{response.Text("id")}");
        }

        await fixture.Api.SendAsync(HttpMethod.Post, $"{waiting[0]}/cancel");
        Assert.True((await fixture.Api.SendAsync(HttpMethod.Delete, waiting[1])).GetProperty("deleted").GetBoolean());

        Assert.Equal("cancelled", (await fixture.Api.GetAsync(waiting[0])).Text("status"));
        await fixture.Api.GetAsync(waiting[1], HttpStatusCode.NotFound);
        await fixture.Api.GetAsync($"{waiting[1]}?stream=true", HttpStatusCode.NotFound);
        await fixture.Api.SendAsync(HttpMethod.Delete, waiting[1], HttpStatusCode.NotFound);
        await fixture.Api.SendAsync(HttpMethod.Delete, waiting[0]);
        await fixture.Api.GetAsync(waiting[0], HttpStatusCode.NotFound);
        gate.Open();
        await Waiting.ForAsync(async () => (await fixture.Api.GetAsync($"/v1/responses/{running.Text("id")}")).Text("status") == "completed");
        Assert.Equal(2, (await fixture.Api.MessagesAsync(conversation!)).Count);
    }

    [Fact]
    public async Task A_response_is_there_in_each_moment_of_its_way_from_the_queue_to_its_end()
    {
        for (var round = 0; round < 25; round++)
        {
            var gate = new Gate();
            fixture.Model.Enqueue(ModelScript.Stream.Wait(gate).Text("First.").Finish().Done());
            var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { })).Text("id");
            await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "One?", conversation, background = true });
            var waiting = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "And?", conversation, background = true });
            Assert.Equal("queued", waiting.Text("status"));

            // Whoever asks is told of it, whichever of its places he looks into first.
            var readers = Enumerable.Range(0, 4).Select(_ => ReadToEndAsync($"/v1/responses/{waiting.Text("id")}")).ToList();
            gate.Open();
            await Task.WhenAll(readers);
        }

        async Task ReadToEndAsync(string response)
        {
            while ((await fixture.Api.GetAsync(response)).Text("status") != "completed")
            {
            }
        }
    }
}
