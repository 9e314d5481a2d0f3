using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Models;

/// <summary>
/// One of a model's endpoints, bound from <c>Models:{name}:Endpoints:{n}</c>; or the only one, from the model's own settings of the
/// same names.
/// </summary>
internal sealed class EndpointOptions
{
    /// <summary>The section that it stands in.</summary>
    internal string Path { get; init; } = "";

    /// <summary>What it speaks. Default: what the model's <see cref="ModelOptions.Provider"/> says.</summary>
    public string? Provider { get; set; }

    /// <inheritdoc cref="ModelOptions.Endpoint"/>
    public Uri? Endpoint { get; set; }

    /// <inheritdoc cref="ModelOptions.ApiKey"/>
    public string? ApiKey { get; set; }

    /// <inheritdoc cref="ModelOptions.ApiKeyFile"/>
    public string? ApiKeyFile { get; set; }

    /// <summary>The model's name at this endpoint. Default: what the model's <see cref="ModelOptions.Model"/> says.</summary>
    public string? Model { get; set; }

    /// <summary>How many of the requests it gets, in proportion to the weights of the others, from 1 to 1,000. Default 1.</summary>
    [Range(1, 1_000, ErrorMessage = "must be from {1} to {2}")]
    public int Weight { get; set; } = 1;
}
