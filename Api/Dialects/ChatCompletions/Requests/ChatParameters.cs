using System.Text.Json;
using OrleansChat.Dialects.OpenAI;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>The parameters of a completion that are not followed.</summary>
internal static class ChatParameters
{
    /// <summary>All of them.</summary>
    public static readonly OtherParameters Others = new(
        ChatCompletionBody.Shape,
        new HashSet<string>(StringComparer.Ordinal)
        {
            "prediction", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "service_tier", "user",
        },
        new Dictionary<string, (string Allowed, Func<JsonElement, bool> IsAllowed)>(StringComparer.Ordinal)
        {
            ["n"] = ("1: a request has one reply", value => value.ValueKind == JsonValueKind.Number && value.GetDouble() == 1),
            ["logprobs"] = ("false: models' probabilities are not passed on", value => value.ValueKind == JsonValueKind.False),
            ["top_logprobs"] = ("0: models' probabilities are not passed on", value => value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0),
            ["logit_bias"] = ("empty: not all models can do it", value => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any()),
            ["modalities"] = ("[\"text\"]: there is no audio", IsTextOnly),
            ["audio"] = ("null: there is no audio", _ => false),
            ["moderation"] = ("null: it is for whoever runs this server to filter", _ => false),
            ["web_search_options"] = ("null: models search nothing by themselves", _ => false),
            ["functions"] = ("null: use 'tools'", _ => false),
            ["function_call"] = ("null: use 'tool_choice'", _ => false),
        });

    private static bool IsTextOnly(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.String && value[0].ValueEquals("text");
}
