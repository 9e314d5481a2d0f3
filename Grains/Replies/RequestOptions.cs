using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Generation;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>Makes what model clients take of the options of a reply. Pure.</summary>
internal static class RequestOptions
{
    /// <summary>
    /// The options; null for none. Whether a schema is strict stands in the additional properties as <c>strict</c>. Instructions are a message
    /// of the prompt.
    /// </summary>
    public static ChatOptions? From(GenerationOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var request = new ChatOptions
        {
            Temperature = (float?)options.Temperature,
            TopP = (float?)options.TopP,
            MaxOutputTokens = options.MaxOutputTokens,
            StopSequences = options.Stop is { } stop ? [.. stop] : null,
            Seed = options.Seed,
            ResponseFormat = FormatOf(options.ResponseFormat),
            Tools = options.Tools is { } tools ? [.. tools.Select(tool => new ToolDeclaration(tool))] : null,
            ToolMode = ModeOf(options.ToolChoice),
            AllowMultipleToolCalls = options.ParallelToolCalls,
            FrequencyPenalty = (float?)options.FrequencyPenalty,
            PresencePenalty = (float?)options.PresencePenalty,
        };
        if (options.ResponseFormat?.Strict is { } strict)
        {
            request.AdditionalProperties = new AdditionalPropertiesDictionary { [ToolDeclaration.Strict] = strict };
        }

        if (options.ReasoningEffort is { } effort)
        {
            ReasoningEffortWord.Put(effort, request);
        }

        if (options.Verbosity is { } verbosity)
        {
            VerbosityWord.Put(verbosity, request);
        }

        return request;
    }

    private static ChatResponseFormat? FormatOf(ResponseFormat? format) => format switch
    {
        null => null,
        { Type: ResponseFormatType.Text } => ChatResponseFormat.Text,
        { Schema: { } schema } => ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema.Text), format.Name, format.Description),
        _ => ChatResponseFormat.Json,
    };

    private static ChatToolMode? ModeOf(ToolChoice? choice) => choice?.Mode switch
    {
        null => null,
        ToolChoiceMode.Auto => ChatToolMode.Auto,
        ToolChoiceMode.None => ChatToolMode.None,
        ToolChoiceMode.Required => ChatToolMode.RequireAny,
        _ => ChatToolMode.RequireSpecific(choice.Name!),
    };
}
