using System.Collections.Frozen;
using System.Collections.Immutable;
using OrleansChat.Models.Routing;

namespace OrleansChat.Models;

/// <summary>The models of one state of the configuration.</summary>
/// <param name="Models">All of them, the default one first.</param>
/// <param name="ByName">The same by their names.</param>
internal sealed record ModelSet(ImmutableArray<Model> Models, FrozenDictionary<string, Model> ByName)
{
    // The client's own time-outs say more; this is for one that does not keep them.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Makes models of a valid configuration.</summary>
    public static ModelSet Create(ModelsOptions options, EndpointPool pool, RoutingEnvironment environment)
    {
        var standard = FindDefault(options);
        var routed = options.Models.ToDictionary(model => model.Key, model => Describe(model.Key, model.Value, pool), StringComparer.Ordinal);
        ImmutableArray<Model> models =
        [
            .. options.Models
                .Select(model => Create(model.Key, model.Value, model.Key == standard, routed, options, environment))
                .OrderByDescending(model => model.Info.IsDefault),
        ];
        return new ModelSet(models, models.ToFrozenDictionary(model => model.Info.Id, StringComparer.Ordinal));
    }

    private static string FindDefault(ModelsOptions options)
    {
        string[] wishes = options.Default is { } chosen ? [chosen] : [ModelProviders.OpenAI, ModelProviders.Demo];
        return wishes
            .Select(wish => options.Models.Keys.FirstOrDefault(name => string.Equals(name, wish, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(name => name is not null) ?? options.Models.Keys.First();
    }

    private static Model Create(
        string name, ModelOptions model, bool isDefault, Dictionary<string, RoutedModel> routed, ModelsOptions all, RoutingEnvironment environment)
    {
        var own = routed[name];
        var budget = model.Retry.Budget ?? 2 * model.FirstTokenTimeout;
        var route = new Route([.. FallbackCheck.ChainOf(name, all.Models).Select(each => routed[each])], budget);
        var owner = ModelClients.OwnerOf(model.For(model.Endpoints[0]));
        return new Model(
            new ModelInfo(name, owner, isDefault), new RoutedChatClient(route, environment), budget + Grace, model.SilenceTimeout, TakeOverOf(model))
        {
            TotalTimeout = model.TotalTimeout,
            Capabilities = own.Capabilities,
            ContextWindow = model.ContextWindow,
            MaxOutputTokens = model.MaxOutputTokens,
            Prices = model.Prices is { } prices
                ? new ModelPrices(prices.Input ?? 0, prices.CachedInput ?? prices.Input ?? 0, prices.Output ?? 0, prices.Currency)
                : null,
            IsAvailable = () => own.IsAvailable,
        };
    }

    private static RoutedModel Describe(string name, ModelOptions model, EndpointPool pool)
    {
        var endpoints = model.Endpoints.Select((endpoint, index) => (pool.Get(name, index + 1, model.For(endpoint)), endpoint.Weight));
        var attempts = model.Retry.Attempts ?? (model.Provider == ModelProviders.Demo ? 1 : 3);
        return new RoutedModel(name, [.. endpoints], attempts)
        {
            FirstTokenTimeout = model.FirstTokenTimeout,
            Delay = model.Retry.Delay,
            LongestDelay = model.Retry.LongestDelay,
            LongestRetryAfter = model.Retry.LongestRetryAfter,
            MaxOutputTokens = model.MaxOutputTokens,
            Capabilities = new ModelCapabilities(
                model.Capabilities.Continuation ?? TakeOverOf(model) == TakeOver.Continue,
                model.Capabilities.Background ?? TakeOverOf(model) == TakeOver.Reattach,
                model.Capabilities.Tools ?? true,
                model.Capabilities.Images ?? true),
        };
    }

    private static TakeOver TakeOverOf(ModelOptions model) =>
        model.TakeOver
        ?? (model.Capabilities.Background == true ? TakeOver.Reattach
            : model.Capabilities.Continuation ?? model.Provider == ModelProviders.Demo ? TakeOver.Continue
            : TakeOver.Restart);
}
