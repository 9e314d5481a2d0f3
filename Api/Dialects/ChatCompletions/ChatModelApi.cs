using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Errors;
using OrleansChat.Models;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>The configured models, as OpenAI's clients list them.</summary>
internal static class ChatModelApi
{
    public static void MapChatModels(this RouteGroupBuilder group)
    {
        group.MapGet("/models", List).WithSummary("List the configured models, in OpenAI's form");
        group.MapGet("/models/{id}", Get).WithSummary("Read a configured model, in OpenAI's form");
    }

    private static async Task<Ok<ChatModelListView>> List(IGrainFactory grains, TimeProvider clock)
    {
        var models = await ModelApi.ReadAsync(grains, clock);
        return TypedResults.Ok(new ChatModelListView("list", [.. models.Select(ViewOf)]));
    }

    private static async Task<Results<Ok<ChatModelView>, ProblemHttpResult>> Get(IGrainFactory grains, TimeProvider clock, string id)
    {
        // Names may have slashes, which routes leave escaped.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var models = await ModelApi.ReadAsync(grains, clock);
        return models.FirstOrDefault(model => model.Id == name) is { } found
            ? TypedResults.Ok(ViewOf(found))
            : Problems.UnknownModel([.. models.Select(model => model.Id)]);
    }

    private static ChatModelView ViewOf(ModelInfo model) => new(model.Id, "model", 0, model.OwnedBy);
}
