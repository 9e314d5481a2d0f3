using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.OpenAI;

/// <summary>Options in the words that OpenAI has for them. Each throws with a message that names the parameter and what is allowed.</summary>
internal static class OptionWords
{
    /// <summary>How much the model is to think; null where nothing is said of it.</summary>
    public static ReasoningEffort? EffortOf(string parameter, string? word) => word switch
    {
        null => null,
        "none" => ReasoningEffort.None,
        "minimal" => ReasoningEffort.Minimal,
        "low" => ReasoningEffort.Low,
        "medium" => ReasoningEffort.Medium,
        "high" => ReasoningEffort.High,
        "xhigh" => ReasoningEffort.ExtraHigh,
        "max" => ReasoningEffort.Most,
        _ => throw RequestReading.Invalid($"'{parameter}' is \"none\", \"minimal\", \"low\", \"medium\", \"high\", \"xhigh\" or \"max\"."),
    };

    /// <summary>How much the model is to say; null where nothing is said of it.</summary>
    public static Verbosity? VerbosityOf(string parameter, string? word) => word switch
    {
        null => null,
        "low" => Verbosity.Low,
        "medium" => Verbosity.Medium,
        "high" => Verbosity.High,
        _ => throw RequestReading.Invalid($"'{parameter}' is \"low\", \"medium\" or \"high\"."),
    };
}
