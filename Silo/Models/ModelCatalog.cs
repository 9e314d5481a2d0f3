using System.Diagnostics.CodeAnalysis;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Models.Routing;

namespace OrleansChat.Models;

/// <summary>The models of the configuration, as it is now.</summary>
internal sealed partial class ModelCatalog : IModelCatalog, IDisposable
{
    private readonly EndpointPool pool;
    private readonly RoutingEnvironment environment;
    private readonly ILogger logger;
    private volatile ModelSet current;

    /// <summary>Reads the models that the silo starts with.</summary>
    /// <exception cref="OptionsValidationException">The configuration is wrong; the message names the keys.</exception>
    public ModelCatalog(IOptions<ModelsOptions> options, TimeProvider time, ILogger<ModelCatalog> logger)
    {
        this.logger = logger;
        environment = new RoutingEnvironment(time, Random.Shared.NextDouble, logger);
        pool = new EndpointPool(time, logger);
        Replace(options.Value);
    }

    /// <inheritdoc/>
    public ImmutableArray<Model> Models => current.Models;

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out Model? model) => current.ByName.TryGetValue(name, out model);

    /// <summary>Has other models from now on. Replies that run go on with what they began with. Not to be called by several at once.</summary>
    /// <param name="options">The configuration, which is valid.</param>
    [MemberNotNull(nameof(current))]
    public void Replace(ModelsOptions options)
    {
        current = ModelSet.Create(options, pool, environment);
        pool.Settle();
        foreach (var (name, model) in options.Models)
        {
            LogModel(logger, name, model.Provider, current.Models[0].Info.Id == name, model.Endpoints.Count);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => pool.Close();

    [LoggerMessage(LogLevel.Information, "Model {Model} is configured; provider {Provider}, default {IsDefault}, endpoints {Endpoints}.")]
    private static partial void LogModel(ILogger logger, string model, string? provider, bool isDefault, int endpoints);
}
