using System.Collections.Immutable;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>How a reply is to be made, from a request's own parameters.</summary>
internal static class ResponseOptions
{
    private static readonly ImmutableArray<string> Summaries = ["auto", "concise", "detailed"];
    private static readonly ImmutableArray<string> Truncations = ["auto", "disabled"];

    /// <summary>The options.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public static GenerationOptions Of(CreateResponseBody body)
    {
        var (tools, choice) = FunctionReading.Read(body.Tools ?? [], body.ToolChoice);
        var options = new GenerationOptions
        {
            Instructions = body.Instructions,
            Temperature = body.Temperature,
            TopP = body.TopP,
            MaxOutputTokens = body.MaxOutputTokens,
            FrequencyPenalty = body.FrequencyPenalty,
            PresencePenalty = body.PresencePenalty,
            ReasoningEffort = OptionWords.EffortOf("reasoning.effort", body.Reasoning?.Effort),
            Verbosity = OptionWords.VerbosityOf("text.verbosity", body.Text?.Verbosity),
            ResponseFormat = FormatOf(body.Text?.Format),
            Tools = tools,
            ToolChoice = choice,
            ParallelToolCalls = tools is null ? null : body.ParallelToolCalls,
            Notes = NotesOf(body).ToJson(),
        };
        OptionRules.Check(
            options,
            ("'options.response_format", "'text.format"),
            ("'options.verbosity", "'text.verbosity"),
            ("'options.", "'"),
            ("'options'", "'tools' and 'text.format'"));
        return options;
    }

    private static ResponseNotes NotesOf(CreateResponseBody body)
    {
        var summary = body.Reasoning?.Summary ?? body.Reasoning?.GenerateSummary;
        OneOf("reasoning.summary", summary, Summaries);
        OneOf("truncation", body.Truncation, Truncations);
        foreach (var (name, value) in new[] { ("user", body.User), ("safety_identifier", body.SafetyIdentifier), ("prompt_cache_key", body.PromptCacheKey), ("service_tier", body.ServiceTier) })
        {
            Rules.Optional(name, value, Limits.MetadataValue);
        }

        if (body.Include?.Contains("message.output_text.logprobs") == true)
        {
            throw RequestReading.Invalid("'include' has \"message.output_text.logprobs\": models' probabilities are not passed on.");
        }

        return new ResponseNotes
        {
            PreviousResponseId = body.PreviousResponseId,
            InConversation = body.ConversationId is not null,
            Background = body.Background == true,
            Store = body.Store == false ? false : null,
            Metadata = body.Metadata is { IsEmpty: false } ? body.Metadata : null,
            Include = body.Include?.Contains(ResponseNotes.Signatures) == true ? [ResponseNotes.Signatures] : null,
            ReasoningSummary = summary,
            Truncation = body.Truncation,
            ServiceTier = body.ServiceTier is null or "auto" ? null : body.ServiceTier,
            User = body.User,
            SafetyIdentifier = body.SafetyIdentifier,
            PromptCacheKey = body.PromptCacheKey,
            MaxToolCalls = body.MaxToolCalls,
        };
    }

    private static ResponseFormat? FormatOf(TextFormatBody? format) => format?.Type switch
    {
        null or "text" => null,
        "json_object" => new ResponseFormat(ResponseFormatType.JsonObject),
        "json_schema" => new ResponseFormat(ResponseFormatType.JsonSchema, format.Name, format.Description, format.Schema, format.Strict),
        _ => throw RequestReading.Invalid("'text.format.type' is \"text\", \"json_object\" or \"json_schema\"."),
    };

    private static void OneOf(string property, string? value, ImmutableArray<string> words)
    {
        if (value is not null && !words.Contains(value, StringComparer.Ordinal))
        {
            throw RequestReading.Invalid($"'{property}' can only be {string.Join(" or ", words.Select(word => $"\"{word}\""))}.");
        }
    }
}
