using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Models;

/// <summary>The models that this silo is configured with. They may change while it runs; a <see cref="Model"/> at hand stays good.</summary>
public interface IModelCatalog
{
    /// <summary>All models, the default one first; at least one.</summary>
    ImmutableArray<Model> Models { get; }

    /// <summary>Finds a model by its name, letter by letter.</summary>
    bool TryGet(string name, [NotNullWhen(true)] out Model? model);
}
