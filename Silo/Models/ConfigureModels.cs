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
        var anthropicKey = ReadKey(ModelsOptions.AnthropicKey, options.Failures);
        foreach (var (name, model) in options.Models)
        {
            FillIn(name, model, environment, anthropicKey);
        }

        foreach (var name in options.Models.Where(IsAbsent).Select(model => model.Key).ToList())
        {
            options.Models.Remove(name);
        }
    }

    private static bool IsAbsent(KeyValuePair<string, ModelOptions> model) =>
        !model.Value.Enabled
        || (model is { Key: ModelProviders.OpenAI, Value: { Provider: ModelProviders.OpenAI, ApiKey: null, Endpoint: null } });

    private static void FillIn(string name, ModelOptions model, ModelOptions environment, string? anthropicKey)
    {
        model.Provider = ModelProviders.Find(model.Provider ?? name) ?? model.Provider;
        if (name == ModelProviders.OpenAI)
        {
            model.ApiKey ??= environment.ApiKey;
            model.Endpoint ??= environment.Endpoint;
            model.Model ??= environment.Model ?? ModelOptions.DefaultUpstreamModel;
        }
        else if (model is { Provider: ModelProviders.OpenAI or ModelProviders.OpenAIResponses, ApiKey: null, Endpoint: null })
        {
            // A further model of the same account. Both or neither: the environment's key never goes to another endpoint.
            (model.ApiKey, model.Endpoint) = (environment.ApiKey, environment.Endpoint);
        }
        else if (model is { Provider: ModelProviders.Anthropic, ApiKey: null, Endpoint: null })
        {
            model.ApiKey = anthropicKey;
        }

        model.Model ??= name;
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
