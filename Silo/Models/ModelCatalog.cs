using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Models.Anthropic;
using OrleansChat.Models.Demo;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Responses;

namespace OrleansChat.Models;

/// <summary>The models of the configuration, with a client each for the life of the silo.</summary>
internal sealed partial class ModelCatalog : IModelCatalog, IDisposable
{
    private readonly FrozenDictionary<string, Model> byName;

    /// <summary>Creates the clients.</summary>
    /// <exception cref="OptionsValidationException">The configuration is wrong; the message names the keys.</exception>
    public ModelCatalog(IOptions<ModelsOptions> options, TimeProvider time, ILogger<ModelCatalog> logger)
    {
        var models = options.Value.Models;
        var standard = FindDefault(options.Value);
        Models = [.. models.Select(model => Create(model.Key, model.Value, standard, time)).OrderByDescending(model => model.Info.IsDefault)];
        byName = Models.ToFrozenDictionary(model => model.Info.Id, StringComparer.Ordinal);
        foreach (var (name, model) in models)
        {
            LogModel(logger, name, model.Provider, name == standard);
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<Model> Models { get; }

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out Model? model) => byName.TryGetValue(name, out model);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in Models)
        {
            model.Client.Dispose();
        }
    }

    private static string FindDefault(ModelsOptions options)
    {
        string[] wishes = options.Default is { } chosen ? [chosen] : [ModelProviders.OpenAI, ModelProviders.Demo];
        return wishes
            .Select(wish => options.Models.Keys.FirstOrDefault(name => string.Equals(name, wish, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(name => name is not null) ?? options.Models.Keys.First();
    }

    private static Model Create(string name, ModelOptions options, string standard, TimeProvider time)
    {
        var isDemo = options.Provider == ModelProviders.Demo;
        IChatClient client = options.Provider switch
        {
            ModelProviders.Demo => new DemoChatClient(options.TokensPerSecond, time),
            ModelProviders.Anthropic => new AnthropicChatClient(options, time),
            ModelProviders.OpenAIResponses => new ResponsesChatClient(options, time),
            _ => new OpenAiChatClient(options, time),
        };
        var owner = options.OwnedBy ?? options.Provider switch
        {
            ModelProviders.Demo => DemoChatClient.OwnedBy,
            ModelProviders.Anthropic => AnthropicChatClient.OwnedBy,
            _ => options.Endpoint is null ? OpenAiChatClient.OwnedBy : OpenAiChatClient.OwnedByOthers,
        };
        var takeOver = options.TakeOver ?? (isDemo ? TakeOver.Continue : TakeOver.Restart);
        return new Model(new ModelInfo(name, owner, name == standard), client, options.FirstTokenTimeout, options.SilenceTimeout, takeOver);
    }

    [LoggerMessage(LogLevel.Information, "Model {Model} is configured; provider {Provider}, default {IsDefault}.")]
    private static partial void LogModel(ILogger logger, string model, string? provider, bool isDefault);
}
