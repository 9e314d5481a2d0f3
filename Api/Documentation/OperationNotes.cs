using System.Collections.Immutable;

namespace OrleansChat.Documentation;

/// <summary>What the document says of an operation beyond what its handler's types tell.</summary>
/// <param name="Operation">Method and path, for example <c>GET /conversations/{id}</c>.</param>
/// <param name="Description">What it does, and its limits.</param>
internal sealed record OperationNotes(string Operation, string Description)
{
    /// <summary>The codes of the errors that are its own, beside <see cref="KnownErrors.Everywhere"/>.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>Whether it is open to everybody.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What its parameters mean, by name.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>A body as JSON; null where it takes none.</summary>
    public string? Request { get; init; }

    /// <summary>Content types of a body that is not JSON, each with an example.</summary>
    public ImmutableArray<(string ContentType, string Example)> RequestTexts { get; init; } = [];

    /// <summary>The status of its answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The answer's body as JSON; null where it has none.</summary>
    public string? Response { get; init; }

    /// <summary>Content types of an answer that is not JSON, each with an example.</summary>
    public ImmutableArray<(string ContentType, string Example)> ResponseTexts { get; init; } = [];

    /// <summary>Further answers that are no errors.</summary>
    public ImmutableArray<(int Status, string Description)> Others { get; init; } = [];
}
