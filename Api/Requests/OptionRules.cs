using OrleansChat.Errors;
using OrleansChat.Generation;

namespace OrleansChat.Requests;

/// <summary>Rules of how a reply is to be made. Each throws with a message that names the property and what is allowed.</summary>
internal static class OptionRules
{
    /// <summary>What the options look like.</summary>
    public const string Shape =
        "\"options\"?: {\"temperature\"?, \"top_p\"?, \"max_output_tokens\"?, \"stop\"?, \"seed\"?, \"response_format\"?, \"tools\"?, \"tool_choice\"?, \"parallel_tool_calls\"?, "
        + "\"instructions\"?, \"frequency_penalty\"?, \"presence_penalty\"?, \"reasoning_effort\"?, \"verbosity\"?, \"notes\"?: an object}";

    private const string FormatShape =
        "{\"type\": \"text\" | \"json_object\"} or {\"type\": \"json_schema\", \"schema\": a JSON schema, \"name\"?, \"description\"?, \"strict\"?}";

    private static readonly string ToolShape =
        $"{{\"name\": 1 to {Limits.ToolName} letters, digits, - and _, \"description\"?, \"parameters\"?: a JSON schema of an object, \"strict\"?}}";

    /// <summary>Checks options that a dialect has under names of its own.</summary>
    /// <param name="options">The options.</param>
    /// <param name="names">What to say in the place of what, in this order; of the options themselves, <c>'options'</c>.</param>
    public static void Check(GenerationOptions options, params ReadOnlySpan<(string Ours, string Theirs)> names)
    {
        try
        {
            Check("options", options);
        }
        catch (InvalidRequestException e)
        {
            var message = e.Message;
            foreach (var (ours, theirs) in names)
            {
                message = message.Replace(ours, theirs, StringComparison.Ordinal);
            }

            throw new InvalidRequestException(e.Status, message);
        }
    }

    /// <summary>Checks options, which may be missing.</summary>
    public static void Check(string property, GenerationOptions? options)
    {
        if (options is null)
        {
            return;
        }

        Holds(options.Temperature is null or (>= 0 and <= 2), $"'{property}.temperature' is a number from 0 to 2.");
        Holds(options.TopP is null or (>= 0 and <= 1), $"'{property}.top_p' is a number from 0 to 1.");
        Holds(
            options.MaxOutputTokens is null or (>= 1 and <= Limits.OutputTokens),
            $"'{property}.max_output_tokens' is a whole number from 1 to {Limits.OutputTokens}.");
        Holds(
            options.Stop is not { } stops || (stops.Length is >= 1 and <= Limits.Stops && stops.All(stop => stop is { Length: >= 1 and <= Limits.Stop })),
            $"'{property}.stop' is a list of 1 to {Limits.Stops} texts of 1 to {Limits.Stop} characters.");
        Holds(options.FrequencyPenalty is null or (>= -2 and <= 2), $"'{property}.frequency_penalty' is a number from -2 to 2.");
        Holds(options.PresencePenalty is null or (>= -2 and <= 2), $"'{property}.presence_penalty' is a number from -2 to 2.");
        Holds(
            options.ReasoningEffort is null || Enum.IsDefined(options.ReasoningEffort.Value),
            $"'{property}.reasoning_effort' is none, minimal, low, medium, high, xhigh or max.");
        Holds(options.Verbosity is null || Enum.IsDefined(options.Verbosity.Value), $"'{property}.verbosity' is low, medium or high.");
        Rules.Optional($"{property}.instructions", options.Instructions, Limits.System);
        Holds(
            options.Notes is null || (options.Notes.Text.StartsWith('{') && options.Notes.Text.Length <= Limits.Notes),
            $"'{property}.notes' is an object, of up to {Limits.Notes} characters as JSON.");
        CheckFormat($"{property}.response_format", options.ResponseFormat);
        CheckTools(property, options);
        var length = LengthOf(options);
        Holds(length <= Limits.Schemas, $"The schemas and descriptions in '{property}' have {length} characters; {Limits.Schemas} are allowed.");
    }

    /// <summary>The options, unless they say nothing.</summary>
    public static GenerationOptions? OrNull(GenerationOptions? options) => options == new GenerationOptions() ? null : options;

    private static void CheckFormat(string property, ResponseFormat? format)
    {
        if (format is null)
        {
            return;
        }

        if (format.Type != ResponseFormatType.JsonSchema)
        {
            Holds(format is { Name: null, Description: null, Schema: null, Strict: null }, $"'{property}' is {FormatShape}.");
            return;
        }

        Holds(format.Schema?.Text.StartsWith('{') == true, $"'{property}.schema' is a JSON schema, which is an object.");
        Holds(format.Name is null || IsName(format.Name), $"'{property}.name' is 1 to {Limits.ToolName} letters, digits, - and _.");
    }

    private static void CheckTools(string property, GenerationOptions options)
    {
        if (options.Tools is not { } tools)
        {
            Holds(options.ToolChoice is null, $"'{property}.tool_choice' takes '{property}.tools'.");
            Holds(options.ParallelToolCalls is null, $"'{property}.parallel_tool_calls' takes '{property}.tools'.");
            return;
        }

        Holds(tools.Length is >= 1 and <= Limits.Tools, $"'{property}.tools' has {tools.Length} tools; 1 to {Limits.Tools} are allowed.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.Length; i++)
        {
            var place = $"{property}.tools[{i}]";
            Holds(tools[i] is not null && IsName(tools[i].Name), $"'{place}' is {ToolShape}.");
            Holds(tools[i].Parameters?.Text.StartsWith('{') != false, $"'{place}.parameters' is a JSON schema, which is an object.");
            Holds(names.Add(tools[i].Name), $"'{place}.name' is that of a tool before it.");
        }

        Holds(
            options.ToolChoice is not { Name: { } chosen } || names.Contains(chosen), $"'{property}.tool_choice' names none of '{property}.tools'.");
    }

    private static long LengthOf(GenerationOptions options) =>
        (options.ResponseFormat is { } format ? (format.Description?.Length ?? 0L) + (format.Schema?.Text.Length ?? 0) : 0)
        + (options.Tools ?? []).Sum(tool => (long)(tool.Description?.Length ?? 0) + (tool.Parameters?.Text.Length ?? 0));

    private static bool IsName(string? name) =>
        name is { Length: >= 1 and <= Limits.ToolName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static void Holds(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw RequestReading.Invalid(otherwise);
        }
    }
}
