namespace OrleansChat.Models;

/// <summary>A model's prices, bound from <c>Models:{name}:Prices</c>. <see cref="Input"/> and <see cref="Output"/> go together.</summary>
internal sealed class PriceOptions
{
    /// <summary>The price of a million tokens read, 0 or more. Required.</summary>
    public decimal? Input { get; set; }

    /// <summary>The price of a million tokens that come out of the model's cache, 0 or more. Default: what others cost.</summary>
    public decimal? CachedInput { get; set; }

    /// <summary>The price of a million tokens written, 0 or more. Required.</summary>
    public decimal? Output { get; set; }

    /// <summary>The currency, 1 to 16 characters. Default <c>USD</c>.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>What is wrong, a sentence each.</summary>
    /// <param name="path">The section's path.</param>
    public IEnumerable<string> Check(string path)
    {
        if (Input is null || Output is null)
        {
            yield return $"{path} needs both {nameof(Input)} and {nameof(Output)}, the prices of a million tokens.";
        }

        foreach (var (name, price) in new[] { (nameof(Input), Input), (nameof(CachedInput), CachedInput), (nameof(Output), Output) })
        {
            if (price is < 0 or > 1_000_000)
            {
                yield return $"{path}:{name} must be from 0 to 1000000.";
            }
        }

        if (Currency.Length is 0 or > 16)
        {
            yield return $"{path}:{nameof(Currency)} must have 1 to 16 characters.";
        }
    }

    /// <summary>The prices.</summary>
    public ModelPrices ToPrices() => new(Input!.Value, Output!.Value, CachedInput, Currency);
}
