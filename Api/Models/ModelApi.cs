using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;

namespace OrleansChat.Models;

/// <summary>The models that conversations can use.</summary>
internal static class ModelApi
{
    public static void MapModels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/models", List).WithTags("Models").WithSummary("List the configured models, the default one first");

    /// <summary>The configured models, as a silo knows them.</summary>
    public static Task<ImmutableArray<ModelInfo>> ReadAsync(IGrainFactory grains, TimeProvider clock) =>
        Patience.ReadAsync(() => grains.GetGrain<IModelsGrain>(0).List(), clock);

    private static async Task<Ok<ModelListView>> List(IGrainFactory grains, TimeProvider clock)
    {
        var models = await ReadAsync(grains, clock);
        return TypedResults.Ok(new ModelListView([.. models.Select(model => new ModelView(model.Id, model.OwnedBy, model.IsDefault, model.IsAvailable))]));
    }
}

/// <summary>The configured models.</summary>
internal sealed record ModelListView(IReadOnlyList<ModelView> Data);

/// <summary>A configured model. One that is not available has failed too often just now; its fallbacks, if it has any, reply in its place.</summary>
internal sealed record ModelView(string Id, string OwnedBy, bool Default, bool Available);
