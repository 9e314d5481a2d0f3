using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.Relay;

namespace OrleansChat.Benchmarks.Publisher;

/// <summary>The role <c>publisher</c>: the application behind nchan, which reads the model and posts every piece of the reply.</summary>
internal static class PublisherCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var port = arguments.Take("port", 5704);
        var model = new Uri(arguments.Require("model"));
        var nchan = new Uri(arguments.Require("nchan"));
        arguments.ThrowIfAnyLeft();

        var builder = ServerHost.CreateBuilder(port);
        ModelClient.Add(builder.Services, model);
        using var posting = new HttpClient { BaseAddress = nchan };
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/channels/{id}", (string id, ChatMessage message, HttpClient upstream) =>
        {
            _ = ModelClient.ReadAsync(upstream, message.Content, data => PostAsync(posting, id, data));
            return Results.Accepted();
        });
        await app.RunAsync();
        return 0;
    }

    // One after the other, because that is the order that readers get.
    private static async ValueTask PostAsync(HttpClient posting, string id, string data)
    {
        using var response = await posting.PostAsync(new Uri($"/publish/{id}", UriKind.Relative), new StringContent(data, Encoding.UTF8));
        response.EnsureSuccessStatusCode();
    }
}
