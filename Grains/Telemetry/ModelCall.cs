using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.AI;

namespace OrleansChat.Telemetry;

/// <summary>One request to a model as telemetry sees it (https://opentelemetry.io/docs/specs/semconv/gen-ai/).</summary>
internal sealed class ModelCall : IDisposable
{
    // More of an answer than anybody reads in a trace.
    private const int MostContent = 64 * 1024;

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Activity? activity;
    private readonly StringBuilder? said;
    private TagList tags;
    private UsageDetails? usage;
    private string? finishReason;
    private string? error;

    private ModelCall(string model, ChatClientMetadata? metadata, IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool content)
    {
        tags.Add("gen_ai.operation.name", "chat");
        tags.Add("gen_ai.provider.name", metadata?.ProviderName ?? "unknown");
        tags.Add(TelemetryTags.Model, model);
        if (metadata?.ProviderUri is { } address)
        {
            tags.Add("server.address", address.Host);
            tags.Add("server.port", address.Port);
        }

        activity = ChatTelemetry.Source.StartActivity(ActivityKind.Client, tags: tags, name: $"chat {model}");
        if (activity is null)
        {
            return;
        }

        Describe(options);
        if (content)
        {
            said = new StringBuilder();
            ModelContent.AddInput(activity, messages);
        }
    }

    /// <summary>Whether anybody wants to know.</summary>
    public static bool IsObserved =>
        ChatTelemetry.Source.HasListeners() || ModelInstruments.Duration.Enabled || ModelInstruments.TokenUsage.Enabled;

    /// <summary>A request begins; what the caller does from here on, its HTTP request too, is part of it.</summary>
    public static ModelCall Start(
        string model, ChatClientMetadata? metadata, IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool captureContent) =>
        new(model, metadata, messages, options, captureContent);

    /// <summary>The model has sent something.</summary>
    public void Received(ChatResponseUpdate update)
    {
        finishReason = update.FinishReason?.Value ?? finishReason;
        for (var i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is UsageContent { Details: var details })
            {
                usage = details;
            }
            else if (said?.Length < MostContent && update.Contents[i] is TextContent { Text: var text })
            {
                said.Append(text, 0, Math.Min(text.Length, MostContent - said.Length));
            }
        }

        if (update.FinishReason is not null || update.ModelId is not null || update.ResponseId is not null)
        {
            _ = activity?.SetTag("gen_ai.response.model", update.ModelId ?? activity.GetTagItem("gen_ai.response.model"))
                .SetTag("gen_ai.response.id", update.ResponseId ?? activity.GetTagItem("gen_ai.response.id"));
        }
    }

    /// <summary>The request failed.</summary>
    /// <param name="code">Why.</param>
    public void Failed(string code) => error = code;

    /// <summary>The request is over, also where the reader has left.</summary>
    public void Dispose()
    {
        if (error is not null)
        {
            tags.Add(TelemetryTags.ErrorType, error);
        }

        ModelInstruments.Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
        Tell("input", usage?.InputTokenCount);
        Tell("output", usage?.OutputTokenCount);
        if (activity is null)
        {
            return;
        }

        if (finishReason is not null)
        {
            activity.SetTag("gen_ai.response.finish_reasons", new[] { finishReason });
        }

        if (error is not null)
        {
            activity.SetTag(TelemetryTags.ErrorType, error).SetStatus(ActivityStatusCode.Error, error);
        }

        if (said is not null)
        {
            ModelContent.AddOutput(activity, said.ToString(), finishReason);
        }

        activity.Dispose();
    }

    private void Describe(ChatOptions? options)
    {
        if (options is null)
        {
            return;
        }

        // A tag without a value is not set.
        _ = activity!.SetTag("gen_ai.request.max_tokens", options.MaxOutputTokens)
            .SetTag("gen_ai.request.temperature", options.Temperature)
            .SetTag("gen_ai.request.top_p", options.TopP)
            .SetTag("gen_ai.request.seed", options.Seed)
            .SetTag("gen_ai.request.stop_sequences", options.StopSequences?.ToArray());
    }

    private void Tell(string type, long? count)
    {
        if (count is { } tokens)
        {
            activity?.SetTag($"gen_ai.usage.{type}_tokens", tokens);
            var typed = tags;
            typed.Add("gen_ai.token.type", type);
            ModelInstruments.TokenUsage.Record(tokens, typed);
        }
    }
}
