using System.Text.Json;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.OpenAI;

/// <summary>
/// The parameters that a dialect knows and does not follow. Those that change nothing that the caller can see are taken; those that
/// would change the answer are refused, unless they ask for what happens anyway.
/// </summary>
/// <param name="shape">What the body takes.</param>
/// <param name="withoutEffect">Those that are taken.</param>
/// <param name="refused">Those that are refused, each with what it can be.</param>
internal sealed class OtherParameters(
    string shape, IReadOnlySet<string> withoutEffect, IReadOnlyDictionary<string, (string Allowed, Func<JsonElement, bool> IsAllowed)> refused)
{
    /// <summary>Checks them.</summary>
    /// <exception cref="Errors.InvalidRequestException">One is not to be had, or unknown.</exception>
    public void Check(IReadOnlyDictionary<string, JsonElement>? parameters)
    {
        foreach (var (name, value) in parameters ?? new Dictionary<string, JsonElement>())
        {
            if (withoutEffect.Contains(name) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (!refused.TryGetValue(name, out var rule))
            {
                throw RequestReading.Invalid($"'{name}' is no parameter that is known here. The body takes {shape}.");
            }

            if (!rule.IsAllowed(value))
            {
                throw RequestReading.Invalid($"'{name}' can only be {rule.Allowed}.");
            }
        }
    }
}
