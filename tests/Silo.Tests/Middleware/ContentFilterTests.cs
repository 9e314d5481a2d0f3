using Example;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Hosting;
using OrleansChat.Middleware;
using OrleansChat.Models;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Middleware;

/// <summary>The examples of docs/middleware.md, and what filters can rely on.</summary>
public sealed class ContentFilterTests : IDisposable
{
    private static readonly ModelInfo Info = new("scripted", "tests", IsDefault: true);

    private readonly ScriptedChatClient model = new();

    public void Dispose() => model.Dispose();

    [Fact]
    public async Task Refused_before_the_model_is_asked_it_is_not_asked()
    {
        using var client = Wrap(services => services.AddContentFilter<CardNumberFilter>());

        var refused = await Assert.ThrowsAsync<ModelException>(() => ReadAsync(client, "my card is 4111 1111-1111 1111"));

        Assert.Equal((ModelErrors.ContentRefused, "Numbers of payment cards are not sent to models. Leave it out and ask again."), (refused.Code, refused.Message));
        Assert.Empty(model.Replies);
    }

    [Fact]
    public async Task Stopped_in_mid_reply_the_piece_is_withheld_and_the_model_let_go_of()
    {
        using var client = Wrap(services => services.AddContentFilter<CardNumberFilter>());
        var reading = ReadAsync(client, "tell me a card");
        var reply = await model.NextReplyAsync();
        reply.Emit("it is ", "4111 1111", " 1111", " 1111", " and more");

        var (text, end, _) = await reading;

        Assert.Equal(("it is 4111 1111 1111", ChatFinishReason.ContentFilter), (text, end));
        await reply.Left;
    }

    [Fact]
    public async Task Stopped_before_the_first_token_the_reply_is_empty_and_costs_nothing()
    {
        using var client = Wrap(services => services.AddContentFilter<StopAtOnce>());

        var (text, end, usage) = await ReadAsync(client, "go");

        Assert.Equal(("", ChatFinishReason.ContentFilter), (text, end));
        Assert.Equal((0, 0), (usage!.InputTokenCount, usage.OutputTokenCount));
        Assert.Empty(model.Replies);
    }

    [Fact]
    public async Task What_is_allowed_passes_and_filters_are_asked_until_one_says_no()
    {
        using var client = Wrap(services => services.AddContentFilter<CardNumberFilter>().AddContentFilter<StopAtOnce>());
        await Assert.ThrowsAsync<ModelException>(() => ReadAsync(client, "4111111111111111"));
        Assert.Equal(ChatFinishReason.ContentFilter, (await ReadAsync(client, "go")).End);

        using var lenient = Wrap(services => services.AddContentFilter<CardNumberFilter>());
        var reading = ReadAsync(lenient, "go");
        var reply = await model.NextReplyAsync();
        reply.Emit("one", " two");
        reply.Complete(usage: new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 });
        var (text, end, usage) = await reading;
        Assert.Equal(("one two", ChatFinishReason.Stop, 3), (text, end, usage!.InputTokenCount));
    }

    [Fact]
    public async Task Ones_own_middleware_stands_between_filters_and_telemetry()
    {
        using var client = Wrap(services => services.AddChatClientMiddleware<ShoutingMiddleware>().AddContentFilter<CardNumberFilter>());
        var reading = ReadAsync(client, "go");
        var reply = await model.NextReplyAsync();
        reply.Emit("loud");
        reply.Complete();

        Assert.Equal("LOUD", (await reading).Text);
        Assert.IsType<FilteredChatClient>(client);
    }

    [Fact]
    public void Without_any_there_is_only_telemetry()
    {
        using var client = Wrap(_ => { });

        Assert.IsType<TelemetryChatClient>(client);
        Assert.Same(model, client.GetService<ScriptedChatClient>());
    }

    [Theory]
    [InlineData("CardNumberFilter")]
    [InlineData("ShoutingMiddleware")]
    public void The_documentation_shows_what_is_tested_here(string example)
    {
        var tested = Repository.Read($"tests/Silo.Tests/Middleware/Example/{example}.cs");
        var documented = Repository.Read("docs/middleware.md");
        Assert.Contains($"```csharp\n{tested}```", documented.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private IChatClient Wrap(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddModels(new ConfigurationBuilder().Build());
        add(services);
        return services.BuildServiceProvider().GetRequiredService<ModelPipeline>().Wrap(model, Info);
    }

    private static async Task<(string Text, ChatFinishReason? End, UsageDetails? Usage)> ReadAsync(IChatClient client, string question)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)]))
        {
            updates.Add(update);
        }

        return (
            string.Concat(updates.Select(update => update.Text)),
            updates[^1].FinishReason,
            updates.SelectMany(update => update.Contents).OfType<UsageContent>().LastOrDefault()?.Details);
    }

    private sealed class StopAtOnce : IContentFilter
    {
        public ValueTask<ContentVerdict> CheckInputAsync(
            ModelInfo model, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) => ValueTask.FromResult(ContentVerdict.Stop);
    }
}
