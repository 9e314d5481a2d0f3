using System.Collections.Immutable;
using OrleansChat.Dialects.Responses.Rendering;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A response. Everything is there, null or not: some clients miss what is missing.</summary>
internal sealed record ResponseView
{
    public required string Id { get; init; }

    public string Object { get; } = "response";

    public required long CreatedAt { get; init; }

    public required long? CompletedAt { get; init; }

    public required string Status { get; init; }

    public required bool Background { get; init; }

    public required ResponseErrorView? Error { get; init; }

    public required IncompleteView? IncompleteDetails { get; init; }

    public required string? Instructions { get; init; }

    public required int? MaxOutputTokens { get; init; }

    public required int? MaxToolCalls { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<ItemView> Output { get; init; }

    public required bool ParallelToolCalls { get; init; }

    public required string? PreviousResponseId { get; init; }

    public required ConversationIdView? Conversation { get; init; }

    public required ReasoningView Reasoning { get; init; }

    public required string ServiceTier { get; init; }

    public required bool Store { get; init; }

    public required double Temperature { get; init; }

    public required TextView Text { get; init; }

    public required RawJson ToolChoice { get; init; }

    public required IReadOnlyList<FunctionView> Tools { get; init; }

    public int TopLogprobs { get; init; }

    public required double TopP { get; init; }

    public required double FrequencyPenalty { get; init; }

    public required double PresencePenalty { get; init; }

    public required string Truncation { get; init; }

    public required ResponseUsageView? Usage { get; init; }

    public required string? User { get; init; }

    public required string? SafetyIdentifier { get; init; }

    public required string? PromptCacheKey { get; init; }

    public required ImmutableSortedDictionary<string, string> Metadata { get; init; }

    /// <summary>Shows a response as far as it is.</summary>
    public static ResponseView Of(ResponseState state)
    {
        var (options, notes) = (state.Options, ResponseNotes.Of(state.Options));
        return new ResponseView
        {
            Id = state.Key.Id,
            CreatedAt = state.CreatedAt.ToUnixTimeSeconds(),
            CompletedAt = state.Ended is ReplyCompleted completed ? completed.At.ToUnixTimeSeconds() : null,
            Status = ResponseStatus.Of(state),
            Background = notes.Background,
            Error = ResponseErrorView.Of(state.Ended),
            IncompleteDetails = IncompleteView.Of(state.Ended),
            Instructions = options.Instructions,
            MaxOutputTokens = options.MaxOutputTokens,
            MaxToolCalls = notes.MaxToolCalls,
            Model = state.Model,
            Output = state.Output,
            ParallelToolCalls = options.ParallelToolCalls ?? true,
            PreviousResponseId = notes.PreviousResponseId,
            Conversation = notes.InConversation ? new ConversationIdView(state.Key.Conversation.Id.Value) : null,
            Reasoning = new ReasoningView(options.ReasoningEffort, notes.ReasoningSummary),
            ServiceTier = notes.ServiceTier ?? "default",
            Store = notes.Store ?? true,
            Temperature = options.Temperature ?? 1,
            Text = new TextView(TextFormatView.Of(options.ResponseFormat), options.Verbosity ?? Verbosity.Medium),
            ToolChoice = FunctionView.ChoiceOf(options.ToolChoice),
            Tools = [.. (options.Tools ?? []).Select(FunctionView.Of)],
            TopP = options.TopP ?? 1,
            FrequencyPenalty = options.FrequencyPenalty ?? 0,
            PresencePenalty = options.PresencePenalty ?? 0,
            Truncation = notes.Truncation ?? "disabled",
            Usage = ResponseUsageView.Of(state.Ended?.Usage),
            User = notes.User,
            SafetyIdentifier = notes.SafetyIdentifier,
            PromptCacheKey = notes.PromptCacheKey,
            Metadata = notes.Metadata ?? ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}

/// <summary>The conversation that a caller named.</summary>
internal sealed record ConversationIdView(string Id);

/// <summary>How much thinking was asked for.</summary>
internal sealed record ReasoningView(ReasoningEffort? Effort, string? Summary);
