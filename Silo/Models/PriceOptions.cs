using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Models;

/// <summary>What a model's tokens cost, per million, bound from <c>Models:{name}:Prices</c>.</summary>
internal sealed class PriceOptions
{
    private const string Message = "must be from {1} to {2}";

    /// <summary>Tokens that it reads, from 0 to 1,000,000. Default 0.</summary>
    [Range(0, 1_000_000d, ErrorMessage = Message)]
    public decimal? Input { get; set; }

    /// <summary>Tokens that it reads out of its provider's cache, from 0 to 1,000,000. Default: as <see cref="Input"/>.</summary>
    [Range(0, 1_000_000d, ErrorMessage = Message)]
    public decimal? CachedInput { get; set; }

    /// <summary>Tokens that it writes, from 0 to 1,000,000. Default 0.</summary>
    [Range(0, 1_000_000d, ErrorMessage = Message)]
    public decimal? Output { get; set; }

    /// <summary>In which currency, by its three letters. Default <c>USD</c>.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be the three capital letters of a currency, such as USD")]
    public string Currency { get; set; } = "USD";
}
