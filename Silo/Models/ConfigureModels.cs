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
                options.Models[ModelProviders.Find(child.Key) ?? child.Key] = ModelSection.Read(child, options.Failures);
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
        foreach (var (name, model) in options.Models)
        {
            FillIn(name, model, environment);
        }

        foreach (var name in options.Models.Where(IsAbsent).Select(model => model.Key).ToList())
        {
            options.Models.Remove(name);
        }
    }

    private static bool IsAbsent(KeyValuePair<string, ModelOptions> model) =>
        !model.Value.Enabled
        || (model is { Key: ModelProviders.OpenAI, Value: { Provider: ModelProviders.OpenAI, ApiKey: null, Endpoint: null } });

    private static void FillIn(string name, ModelOptions model, ModelOptions environment)
    {
        model.Provider = ModelProviders.Find(model.Provider ?? name) ?? model.Provider;
        if (name == ModelProviders.OpenAI)
        {
            model.ApiKey ??= environment.ApiKey;
            model.Endpoint ??= environment.Endpoint;
            model.Model ??= environment.Model ?? ModelOptions.DefaultUpstreamModel;
        }
        else if (model is { Provider: ModelProviders.OpenAI, ApiKey: null, Endpoint: null })
        {
            // A further model of the same account. Both or neither: the environment's key never goes to another endpoint.
            (model.ApiKey, model.Endpoint) = (environment.ApiKey, environment.Endpoint);
        }

        model.Model ??= name;
    }

    private ModelOptions ReadEnvironment(List<string> failures)
    {
        var environment = new ModelOptions
        {
            ApiKey = NullIfEmpty(configuration[ModelsOptions.OpenAIKey]),
            Model = NullIfEmpty(configuration[ModelsOptions.OpenAIModel]),
        };
        if (environment.ApiKey is { } key && ValidateModels.WhatIsWrongWithKey(key) is { } wrongKey)
        {
            failures.Add($"{ModelsOptions.OpenAIKey} {wrongKey}.");
            environment.ApiKey = null;
        }

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

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
