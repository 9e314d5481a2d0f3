namespace OrleansChat.Models;

/// <summary>Finds what is wrong with the models that are to stand in for each other.</summary>
internal static class FallbackCheck
{
    /// <summary>What is wrong with the fallbacks of one model, a sentence each.</summary>
    public static IEnumerable<string> Of(string model, IReadOnlyDictionary<string, ModelOptions> models)
    {
        var path = $"{ModelsOptions.Section}:{model}:{nameof(ModelOptions.Fallbacks)}";
        foreach (var name in models[model].Fallbacks.Where(name => Find(name, models) is null))
        {
            yield return $"{path} names {name}, which is not configured; configured are {string.Join(", ", models.Keys)}.";
        }

        if (WayBack(model, model, models, []) is { } way)
        {
            yield return $"{path} leads back to {model} ({model}, {string.Join(", ", way)}); no model can stand in for itself.";
        }
    }

    /// <summary>The model and all that stand in for it, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> ChainOf(string model, IReadOnlyDictionary<string, ModelOptions> models)
    {
        var chain = new List<string>();
        Add(model);
        return chain;

        void Add(string name)
        {
            if (Find(name, models) is { } found && !chain.Contains(found))
            {
                chain.Add(found);
                models[found].Fallbacks.ForEach(Add);
            }
        }
    }

    // Configuration keys have no case, and what refers to them need not have either.
    private static string? Find(string name, IReadOnlyDictionary<string, ModelOptions> models) =>
        models.ContainsKey(name) ? name : models.Keys.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

    private static List<string>? WayBack(string from, string to, IReadOnlyDictionary<string, ModelOptions> models, HashSet<string> seen)
    {
        foreach (var next in models[from].Fallbacks.Select(name => Find(name, models)).OfType<string>())
        {
            if (next == to)
            {
                return [next];
            }

            if (seen.Add(next) && WayBack(next, to, models, seen) is { } rest)
            {
                return [next, .. rest];
            }
        }

        return null;
    }
}
