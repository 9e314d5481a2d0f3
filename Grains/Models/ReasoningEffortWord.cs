using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>
/// How much a model is to think, in the word that OpenAI's APIs take. The options of model clients know all of these words but <c>minimal</c> and <c>max</c>,
/// which stand in the additional properties.
/// </summary>
public static class ReasoningEffortWord
{
    private const string Property = "reasoning_effort";

    /// <summary>The word; null where nothing is said of it.</summary>
    public static string? Of(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AdditionalProperties?.TryGetValue(Property, out string? word) == true ? word : options.Reasoning?.Effort switch
        {
            null => null,
            ReasoningEffort.None => "none",
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            _ => "xhigh",
        };
    }

    internal static void Put(Generation.ReasoningEffort effort, ChatOptions options)
    {
        options.Reasoning = new ReasoningOptions
        {
            Effort = effort switch
            {
                Generation.ReasoningEffort.None => ReasoningEffort.None,
                Generation.ReasoningEffort.Minimal or Generation.ReasoningEffort.Low => ReasoningEffort.Low,
                Generation.ReasoningEffort.Medium => ReasoningEffort.Medium,
                Generation.ReasoningEffort.High => ReasoningEffort.High,
                _ => ReasoningEffort.ExtraHigh,
            },
        };
        if (effort is Generation.ReasoningEffort.Minimal or Generation.ReasoningEffort.Most)
        {
            (options.AdditionalProperties ??= [])[Property] = effort == Generation.ReasoningEffort.Minimal ? "minimal" : "max";
        }
    }
}
