using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>How a reply is to be made, from a request's own parameters.</summary>
internal static class ChatOptions
{
    /// <summary>The options; null where the request says nothing of them.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public static GenerationOptions? Of(ChatCompletionBody body)
    {
        var options = new GenerationOptions
        {
            Temperature = body.Temperature,
            TopP = body.TopP,
            MaxOutputTokens = body.MaxCompletionTokens ?? body.MaxTokens,
            FrequencyPenalty = body.FrequencyPenalty,
            PresencePenalty = body.PresencePenalty,
            Stop = StopOf(body.Stop),
            Seed = body.Seed,
            ReasoningEffort = OptionWords.EffortOf("reasoning_effort", body.ReasoningEffort),
            Verbosity = OptionWords.VerbosityOf("verbosity", body.Verbosity),
            ResponseFormat = FormatOf(body.ResponseFormat),
            Tools = ToolsOf(body.Tools),
            ToolChoice = ChoiceOf(body.ToolChoice),
            ParallelToolCalls = body.ParallelToolCalls,
        };
        if (options.Tools is null)
        {
            // To say how to choose from nothing is common, and harmless.
            options = options with { ToolChoice = options.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } ? options.ToolChoice : null, ParallelToolCalls = null };
        }

        OptionRules.Check(
            options,
            ("'options.max_output_tokens'", body.MaxCompletionTokens is null ? "'max_tokens'" : "'max_completion_tokens'"),
            ("'options.response_format.", "'response_format.json_schema."),
            ("'options.", "'"),
            ("'options'", "'tools' and 'response_format'"));
        return OptionRules.OrNull(options);
    }

    private static ImmutableArray<string>? StopOf(JsonElement? stop) => stop switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several when several.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String) =>
            several.GetArrayLength() == 0 ? null : [.. several.EnumerateArray().Select(each => each.GetString()!)],
        _ => throw RequestReading.Invalid($"'stop' is a text, or a list of 1 to {Limits.Stops} texts."),
    };

    private static ResponseFormat? FormatOf(ChatResponseFormat? format) => format switch
    {
        null => null,
        { Type: "text" } => new ResponseFormat(ResponseFormatType.Text),
        { Type: "json_object" } => new ResponseFormat(ResponseFormatType.JsonObject),
        { Type: "json_schema", JsonSchema: { } schema } =>
            new ResponseFormat(ResponseFormatType.JsonSchema, schema.Name, schema.Description, schema.Schema, schema.Strict),
        { Type: "json_schema" } => throw RequestReading.Invalid("'response_format.json_schema' is missing; it takes {\"name\", \"schema\", \"strict\"?}."),
        _ => throw RequestReading.Invalid("'response_format.type' is \"text\", \"json_object\" or \"json_schema\"."),
    };

    private static ImmutableArray<ToolDefinition>? ToolsOf(ImmutableArray<ChatTool>? tools)
    {
        if (tools is null or { IsEmpty: true })
        {
            return null;
        }

        for (var i = 0; i < tools.Value.Length; i++)
        {
            if (tools.Value[i] is not { Type: "function", Function: not null })
            {
                throw RequestReading.Invalid($"'tools[{i}]' is {{\"type\": \"function\", \"function\": {{\"name\", \"description\"?, \"parameters\"?, \"strict\"?}}}}.");
            }
        }

        return [.. tools.Value.Select(tool => tool.Function!)];
    }

    private static ToolChoice? ChoiceOf(JsonElement? choice)
    {
        if (choice is null or { ValueKind: JsonValueKind.Null })
        {
            return null;
        }

        if (choice is { ValueKind: JsonValueKind.String } word)
        {
            switch (word.GetString())
            {
                case "none":
                    return new ToolChoice(ToolChoiceMode.None);
                case "auto":
                    return new ToolChoice(ToolChoiceMode.Auto);
                case "required":
                    return new ToolChoice(ToolChoiceMode.Required);
            }
        }
        else if (choice is { ValueKind: JsonValueKind.Object } named
            && named.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("function")
            && named.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
            && function.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
        {
            return new ToolChoice(ToolChoiceMode.Named, name.GetString());
        }

        throw RequestReading.Invalid(
            "'tool_choice' is \"none\", \"auto\", \"required\" or {\"type\": \"function\", \"function\": {\"name\"}}.");
    }
}
