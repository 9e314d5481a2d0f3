using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansChat.Models;

/// <summary>Tells what the silo is configured with.</summary>
[StatelessWorker]
internal sealed class ModelsGrain(IModelCatalog catalog) : Grain, IModelsGrain
{
    public Task<ImmutableArray<ModelInfo>> List() =>
        Task.FromResult(catalog.Models.Select(model => model.Info with { IsAvailable = model.IsAvailable() }).ToImmutableArray());
}
