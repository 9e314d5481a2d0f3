using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>How much a model is to say, in the word that OpenAI's APIs take. It stands in the additional properties of the options of model clients, which do not know it.</summary>
public static class VerbosityWord
{
    private const string Property = "verbosity";

    /// <summary>The word; null where nothing is said of it.</summary>
    public static string? Of(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AdditionalProperties?.TryGetValue(Property, out string? word) == true ? word : null;
    }

    internal static void Put(Generation.Verbosity verbosity, ChatOptions options) => (options.AdditionalProperties ??= [])[Property] = verbosity switch
    {
        Generation.Verbosity.Low => "low",
        Generation.Verbosity.Medium => "medium",
        _ => "high",
    };
}
