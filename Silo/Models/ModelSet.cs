using System.Collections.Frozen;
using System.Collections.Immutable;
using OrleansChat.Middleware;
using OrleansChat.Models.Routing;

namespace OrleansChat.Models;

/// <summary>The models of one state of the configuration.</summary>
/// <param name="Models">All of them, the default one first.</param>
/// <param name="ByName">The same by their names.</param>
internal sealed record ModelSet(ImmutableArray<Model> Models, FrozenDictionary<string, Model> ByName)
{
    // The client's own time-outs say more; this is for one that does not keep them.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // In tokens.
    private const int LongestUsualAnswer = 4_096;

    /// <summary>Makes models of a valid configuration.</summary>
    public static ModelSet Create(ModelsOptions options, EndpointPool pool, ModelPipeline pipeline, RoutingEnvironment environment)
    {
        var standard = FindDefault(options);
        var routed = options.Models.ToDictionary(model => model.Key, model => Describe(model.Key, model.Value, pool), StringComparer.Ordinal);
        ImmutableArray<Model> models =
        [
            .. options.Models
                .Select(model => Create(model.Key, model.Value, model.Key == standard, routed, options, pipeline, environment))
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
        string name,
        ModelOptions model,
        bool isDefault,
        Dictionary<string, RoutedModel> routed,
        ModelsOptions all,
        ModelPipeline pipeline,
        RoutingEnvironment environment)
    {
        var own = routed[name];
        var budget = model.Retry.Budget ?? 2 * model.FirstTokenTimeout;
        var route = new Route([.. FallbackCheck.ChainOf(name, all.Models).Select(each => routed[each])], budget);
        var owner = ModelClients.OwnerOf(model.For(model.Endpoints[0]));
        var info = new ModelInfo(name, owner, isDefault);
        var client = pipeline.Wrap(new RoutedChatClient(route, environment), info);
        return new Model(info, client, budget + Grace, model.SilenceTimeout, TakeOverOf(model))
        {
            TotalTimeout = model.TotalTimeout,
            OnBreak = model.OnBreak ?? OnBreak.Fail,
            Capabilities = own.Capabilities,
            Context = ContextOf(name, model),
            MaxOutputTokens = model.MaxOutputTokens,
            Prices = model.Prices?.ToPrices(),
            IsAvailable = () => own.IsAvailable,
        };
    }

    private static ModelContext? ContextOf(string name, ModelOptions model) => model.ContextWindow is { } window
        ? new ModelContext(
            window,
            model.ReservedOutputTokens ?? model.MaxOutputTokens ?? Math.Min(window / 4, LongestUsualAnswer),
            model.Context == ContextPolicy.Summarize ? model.SummaryModel ?? name : null)
        : null;

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
