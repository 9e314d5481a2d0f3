namespace OrleansChat.Models;

/// <summary>Finds what is wrong with how conversations are to be fitted to models' windows.</summary>
internal static class ContextCheck
{
    /// <summary>What is wrong with the settings of one model, a sentence each.</summary>
    public static IEnumerable<string> Of(string name, IReadOnlyDictionary<string, ModelOptions> models)
    {
        var (path, model) = ($"{ModelsOptions.Section}:{name}", models[name]);
        if (model.MaxOutputTokens >= model.ContextWindow)
        {
            yield return $"{path}:{nameof(model.MaxOutputTokens)} must be less than {path}:{nameof(model.ContextWindow)}.";
        }

        if (model.ReservedOutputTokens is { } reserved && (model.ContextWindow is not { } window || reserved >= window))
        {
            yield return $"{path}:{nameof(model.ReservedOutputTokens)} must be less than {path}:{nameof(model.ContextWindow)}.";
        }

        if (model is { Context: ContextPolicy.Summarize, ContextWindow: null })
        {
            yield return $"{path}:{nameof(model.ContextWindow)} is missing, without which nothing is ever summarised.";
        }

        if (model.SummaryModel is { } summary && !models.ContainsKey(summary))
        {
            yield return
                $"{path}:{nameof(model.SummaryModel)} must name one of the configured models, letter by letter; configured are {string.Join(", ", models.Keys)}.";
        }
    }
}
