using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// A reply's <c>usage</c>. It is told twice, with the totals so far: when the message starts, and when it ends, where some counts may be missing.
/// </summary>
/// <param name="Input">Tokens read that were neither read from the cache nor written to it.</param>
/// <param name="CacheRead">Tokens read from the cache.</param>
/// <param name="CacheWritten">Tokens written to the cache.</param>
/// <param name="Output">Tokens written, thinking included.</param>
internal readonly record struct AnthropicUsage(long? Input, long? CacheRead, long? CacheWritten, long? Output)
{
    /// <summary>These counts, and the earlier ones where they are missing.</summary>
    public AnthropicUsage After(AnthropicUsage earlier) => new(
        Input ?? earlier.Input, CacheRead ?? earlier.CacheRead, CacheWritten ?? earlier.CacheWritten, Output ?? earlier.Output);

    /// <summary>As everybody else counts: input is all that was read, and what came from the cache a part of it. Null where nothing was told.</summary>
    public UsageDetails? ToDetails()
    {
        if (Input is null && Output is null)
        {
            return null;
        }

        var input = Input + (CacheRead ?? 0) + (CacheWritten ?? 0);
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = Output,
            TotalTokenCount = input + Output,
            CachedInputTokenCount = CacheRead,
        };
    }
}
