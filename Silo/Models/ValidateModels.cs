using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OrleansChat.Models;

/// <summary>Says at start, for every mistake in <see cref="ModelsOptions"/>, which key is wrong and what is allowed. Never quotes a value that may be secret.</summary>
internal sealed class ValidateModels : IValidateOptions<ModelsOptions>
{
    /// <summary>What an endpoint must be.</summary>
    public const string EndpointRule =
        "must be an absolute http or https URL without user name, query or fragment, such as http://localhost:11434/v1";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        List<string> failures = [.. options.Failures];
        foreach (var (model, settings) in options.Models)
        {
            failures.AddRange(Check($"{ModelsOptions.Section}:{model}", settings));
        }

        if (options.Models.Count == 0)
        {
            failures.Add($"{ModelsOptions.Section} has no model left that is enabled; at least one is needed, such as {ModelsOptions.Section}:{ModelProviders.Demo}.");
        }
        else if (options.Default is { } chosen && !options.Models.Keys.Contains(chosen, StringComparer.OrdinalIgnoreCase))
        {
            failures.Add(
                $"{ModelsOptions.Section}:{nameof(ModelsOptions.Default)} names a model that is not configured; "
                + $"configured are {string.Join(", ", options.Models.Keys)}. ({ModelProviders.OpenAI} is once {ModelsOptions.OpenAIKey} is set.)");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Why <paramref name="key"/> cannot go into a header, or null.</summary>
    public static string? WhatIsWrongWithKey(string key) =>
        key.All(c => c is > ' ' and <= '~') ? null : "must consist of visible ASCII characters, without spaces or line breaks";

    /// <summary>Why <paramref name="endpoint"/> cannot be the base of a request's address, or null.</summary>
    public static string? WhatIsWrongWithEndpoint(Uri endpoint) =>
        endpoint.IsAbsoluteUri
        && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)
        && endpoint is { Host.Length: > 0, UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }
            ? null
            : EndpointRule;

    private static IEnumerable<string> Check(string path, ModelOptions model)
    {
        List<ValidationResult> outOfRange = [];
        Validator.TryValidateObject(model, new ValidationContext(model), outOfRange, validateAllProperties: true);
        foreach (var result in outOfRange)
        {
            yield return $"{path}:{result.MemberNames.First()} {result.ErrorMessage}.";
        }

        if (ModelProviders.Find(model.Provider) is null)
        {
            var wrong = model.Provider is null ? "is missing" : "is unknown";
            yield return $"{path}:{nameof(model.Provider)} {wrong}; allowed are {ModelProviders.All}.";
        }

        if (model.Endpoint is { } endpoint && WhatIsWrongWithEndpoint(endpoint) is { } wrongEndpoint)
        {
            yield return $"{path}:{nameof(model.Endpoint)} {wrongEndpoint}.";
        }

        if (model.ApiKey is { } key && WhatIsWrongWithKey(key) is { } wrongKey)
        {
            yield return $"{path}:{nameof(model.ApiKey)} {wrongKey}.";
        }

        if (model is { TakeOver: TakeOver.Reattach, Provider: not ModelProviders.OpenAIResponses })
        {
            yield return $"{path}:{nameof(model.TakeOver)} can be {nameof(TakeOver.Reattach)} for {ModelProviders.OpenAIResponses} only.";
        }

        if (model is { Provider: ModelProviders.Anthropic, Endpoint: null, ApiKey: null })
        {
            yield return
                $"{path}:{nameof(model.ApiKey)} is missing, which {ModelOptions.AnthropicEndpoint.Host} needs; "
                + $"set it, or {ModelsOptions.AnthropicKey}, or {path}:{nameof(model.Endpoint)} to a server that needs none.";
        }

        if (model is { Provider: ModelProviders.OpenAI or ModelProviders.OpenAIResponses, Endpoint: null, ApiKey: null })
        {
            yield return
                $"{path}:{nameof(model.ApiKey)} is missing, which {ModelOptions.DefaultEndpoint.Host} needs; "
                + $"set it, or {ModelsOptions.OpenAIKey}, or {path}:{nameof(model.Endpoint)} to a server that needs none.";
        }
    }
}
