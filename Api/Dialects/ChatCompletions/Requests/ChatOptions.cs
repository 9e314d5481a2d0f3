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
        var (tools, choice) = ChatTools.Read(body.Tools ?? [], body.ToolChoice);
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
            Tools = tools,
            ToolChoice = choice,
            ParallelToolCalls = tools is null ? null : body.ParallelToolCalls,
        };
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
}
