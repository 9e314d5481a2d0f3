using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansChat.Models;

/// <summary>Says, for every mistake in <see cref="ModelsOptions"/>, which key is wrong, where it stands, and what is allowed. Never quotes a value that may be secret.</summary>
internal sealed class ValidateModels(IConfiguration configuration) : IValidateOptions<ModelsOptions>
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
            failures.AddRange(FallbackCheck.Of(model, options.Models));
            failures.AddRange(ContextCheck.Of(model, options.Models));
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

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => SettingLines.Locate(configuration, failure)));
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
        (string Path, object? Settings)[] sections =
        [
            (path, model),
            ($"{path}:{nameof(model.Prices)}", model.Prices),
            ($"{path}:{nameof(model.Retry)}", model.Retry),
            ($"{path}:{nameof(model.CircuitBreaker)}", model.CircuitBreaker),
            .. model.Endpoints.Select(endpoint => (endpoint.Path, (object?)endpoint)),
        ];
        foreach (var failure in sections.SelectMany(section => OutOfRange(section.Path, section.Settings)).Concat(model.Endpoints.SelectMany(CheckEndpoint)))
        {
            yield return failure;
        }

        if (model.TakeOver == TakeOver.Reattach && model.Endpoints.Exists(endpoint => endpoint.Provider != ModelProviders.OpenAIResponses))
        {
            yield return $"{path}:{nameof(model.TakeOver)} can be {nameof(TakeOver.Reattach)} for {ModelProviders.OpenAIResponses} only.";
        }

        if (model.Capabilities.Background == true && model.Endpoints.Exists(endpoint => endpoint.Provider != ModelProviders.OpenAIResponses))
        {
            yield return
                $"{path}:{nameof(model.Capabilities)}:{nameof(CapabilityOptions.Background)} can be true for {ModelProviders.OpenAIResponses} only.";
        }

        if (model is { TakeOver: TakeOver.Reattach, Capabilities.Background: false })
        {
            yield return
                $"{path}:{nameof(model.TakeOver)} is {TakeOver.Reattach}, but {path}:{nameof(model.Capabilities)}:{nameof(CapabilityOptions.Background)} "
                + "says that the endpoint does not go on by itself; one of them has to change.";
        }

        if (model is { TakeOver: TakeOver.Continue, Capabilities.Continuation: false })
        {
            yield return
                $"{path}:{nameof(model.TakeOver)} is {TakeOver.Continue}, but {path}:{nameof(model.Capabilities)}:{nameof(CapabilityOptions.Continuation)} "
                + "says that the endpoint cannot continue; one of them has to change.";
        }

        if (model.Prices is { } prices && (prices.Input is null || prices.Output is null))
        {
            yield return
                $"{path}:{nameof(model.Prices)} needs both {nameof(prices.Input)} and {nameof(prices.Output)}, the prices of a million tokens.";
        }
    }

    private static IEnumerable<string> OutOfRange(string path, object? settings)
    {
        List<ValidationResult> outOfRange = [];
        if (settings is not null)
        {
            Validator.TryValidateObject(settings, new ValidationContext(settings), outOfRange, validateAllProperties: true);
        }

        return outOfRange.Select(result => $"{path}:{result.MemberNames.First()} {result.ErrorMessage}.");
    }

    private static IEnumerable<string> CheckEndpoint(EndpointOptions settings)
    {
        var path = settings.Path;
        if (ModelProviders.Find(settings.Provider) is null)
        {
            var wrong = settings.Provider is null ? "is missing" : "is unknown";
            yield return $"{path}:{nameof(settings.Provider)} {wrong}; allowed are {ModelProviders.All}.";
        }

        if (settings.Endpoint is { } endpoint && WhatIsWrongWithEndpoint(endpoint) is { } wrongEndpoint)
        {
            yield return $"{path}:{nameof(settings.Endpoint)} {wrongEndpoint}.";
        }

        if (settings.ApiKey is { } key && WhatIsWrongWithKey(key) is { } wrongKey)
        {
            yield return $"{path}:{(settings.ApiKeyFile is null ? nameof(settings.ApiKey) : nameof(settings.ApiKeyFile))} {wrongKey}.";
        }

        if (settings is { Provider: ModelProviders.Anthropic, Endpoint: null, ApiKey: null, ApiKeyFile: null })
        {
            yield return
                $"{path}:{nameof(settings.ApiKey)} is missing, which {ModelOptions.AnthropicEndpoint.Host} needs; "
                + $"set it, or {ModelsOptions.AnthropicKey}, or {path}:{nameof(settings.Endpoint)} to a server that needs none.";
        }

        if (settings is { Provider: ModelProviders.OpenAI or ModelProviders.OpenAIResponses, Endpoint: null, ApiKey: null, ApiKeyFile: null })
        {
            yield return
                $"{path}:{nameof(settings.ApiKey)} is missing, which {ModelOptions.DefaultEndpoint.Host} needs; "
                + $"set it, or {ModelsOptions.OpenAIKey}, or {path}:{nameof(settings.Endpoint)} to a server that needs none.";
        }
    }
}
