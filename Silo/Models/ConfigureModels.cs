using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansChat.Models;

/// <summary>Reads <see cref="ModelsOptions"/> and fills in what was left out.</summary>
internal sealed class ConfigureModels(IConfiguration configuration) : IConfigureOptions<ModelsOptions>
{
    /// <inheritdoc/>
    public void Configure(ModelsOptions options)
    {
        var section = configuration.GetSection(ModelsOptions.Section);
        foreach (var child in section.GetChildren())
        {
            if (!string.Equals(child.Key, nameof(ModelsOptions.Default), StringComparison.OrdinalIgnoreCase))
            {
                var model = new ModelOptions();
                SettingsReader.Read(child, model, options.Failures);
                options.Models[ModelProviders.Find(child.Key) ?? child.Key] = model;
            }
            else if (child.GetChildren().Any())
            {
                options.Failures.Add($"{child.Path} must be the name of a model, not a section.");
            }
            else
            {
                options.Default = NullIfEmpty(child.Value);
            }
        }

        options.Models.TryAdd(ModelProviders.Demo, new ModelOptions());
        options.Models.TryAdd(ModelProviders.OpenAI, new ModelOptions());
        var environment = ReadEnvironment(options.Failures);
        var anthropicKey = ReadKey(ModelsOptions.AnthropicKey, options.Failures);
        foreach (var (name, model) in options.Models)
        {
            FillIn(name, model, environment, anthropicKey, options.Failures);
        }

        foreach (var name in options.Models.Where(IsAbsent).Select(model => model.Key).ToList())
        {
            options.Models.Remove(name);
        }

        foreach (var endpoint in options.Models.Values.SelectMany(model => model.Endpoints))
        {
            KeyFiles.Read(endpoint, options);
        }
    }

    private static bool IsAbsent(KeyValuePair<string, ModelOptions> model) =>
        !model.Value.Enabled
        || (model is { Key: ModelProviders.OpenAI, Value.Endpoints: [{ Provider: ModelProviders.OpenAI, ApiKey: null, ApiKeyFile: null, Endpoint: null }] });

    private static void FillIn(string name, ModelOptions model, ModelOptions environment, string? anthropicKey, List<string> failures)
    {
        var path = $"{ModelsOptions.Section}:{name}";
        model.Provider = ModelProviders.Find(model.Provider ?? name) ?? model.Provider;
        var isAccount = name == ModelProviders.OpenAI && model.Provider is ModelProviders.OpenAI or ModelProviders.OpenAIResponses;
        model.Model ??= isAccount ? environment.Model ?? ModelOptions.DefaultUpstreamModel : name;
        if (model.Endpoints.Count == 0)
        {
            if (isAccount)
            {
                model.ApiKey ??= model.ApiKeyFile is null ? environment.ApiKey : null;
                model.Endpoint ??= environment.Endpoint;
            }

            model.Endpoints.Add(new EndpointOptions
            {
                Path = path,
                Endpoint = model.Endpoint,
                ApiKey = model.ApiKey,
                ApiKeyFile = model.ApiKeyFile,
            });
        }
        else if (model.Endpoint is not null || model.ApiKey is not null || model.ApiKeyFile is not null)
        {
            failures.Add(
                $"{path} has {nameof(model.Endpoints)}, so {nameof(model.Endpoint)}, {nameof(model.ApiKey)} and {nameof(model.ApiKeyFile)} "
                + $"stand in each of those, as in {model.Endpoints[0].Path}:{nameof(model.ApiKey)}: no key goes to an address that it was not given for.");
        }

        foreach (var endpoint in model.Endpoints)
        {
            endpoint.Provider = ModelProviders.Find(endpoint.Provider ?? model.Provider) ?? endpoint.Provider ?? model.Provider;
            endpoint.Model ??= model.Model;
            if (endpoint is { ApiKey: null, ApiKeyFile: null, Endpoint: null })
            {
                // One more of the same account. Both or neither: the environment's key never goes to another endpoint.
                (endpoint.ApiKey, endpoint.Endpoint) = endpoint.Provider switch
                {
                    ModelProviders.OpenAI or ModelProviders.OpenAIResponses => (environment.ApiKey, environment.Endpoint),
                    ModelProviders.Anthropic => (anthropicKey, null),
                    _ => (null, null),
                };
            }
        }
    }

    private ModelOptions ReadEnvironment(List<string> failures)
    {
        var environment = new ModelOptions
        {
            ApiKey = ReadKey(ModelsOptions.OpenAIKey, failures),
            Model = NullIfEmpty(configuration[ModelsOptions.OpenAIModel]),
        };

        if (NullIfEmpty(configuration[ModelsOptions.OpenAIBaseUrl]) is { } text)
        {
            var isUrl = Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var url);
            if (!isUrl || ValidateModels.WhatIsWrongWithEndpoint(url!) is not null)
            {
                failures.Add($"{ModelsOptions.OpenAIBaseUrl} {ValidateModels.EndpointRule}.");
            }
            else
            {
                environment.Endpoint = url;
            }
        }

        return environment;
    }

    private string? ReadKey(string name, List<string> failures)
    {
        var key = NullIfEmpty(configuration[name]);
        if (key is not null && ValidateModels.WhatIsWrongWithKey(key) is { } wrongKey)
        {
            failures.Add($"{name} {wrongKey}.");
            return null;
        }

        return key;
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
