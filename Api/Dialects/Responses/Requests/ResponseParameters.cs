using System.Text.Json;
using OrleansChat.Dialects.OpenAI;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>The parameters of a response that are not followed.</summary>
internal static class ResponseParameters
{
    /// <summary>All of them.</summary>
    public static readonly OtherParameters Others = new(
        CreateResponseBody.Shape,
        new HashSet<string>(StringComparer.Ordinal) { "prompt_cache_options", "prompt_cache_retention", "stream_options" },
        new Dictionary<string, (string Allowed, Func<JsonElement, bool> IsAllowed)>(StringComparer.Ordinal)
        {
            ["top_logprobs"] = ("0: models' probabilities are not passed on", value => value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0),
            ["prompt"] = ("null: there are no stored prompts", _ => false),
            ["context_management"] = ("null: what does not fit into a model's window is left out as the server is configured", IsEmptyList),
            ["moderation"] = ("null: it is for whoever runs this server to filter", _ => false),
        });

    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
