using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Documentation;

namespace OrleansChat.Dialects;

/// <summary>A wire format in which conversations are spoken with: its endpoints, and what the OpenAPI document says of them.</summary>
internal interface IDialect
{
    /// <summary>How its bodies are read and written as JSON; null where the native API's context has them.</summary>
    IJsonTypeInfoResolver? Json => null;

    /// <summary>What the document says of its operations.</summary>
    ImmutableArray<OperationNotes> Operations => [];

    /// <summary>Adds what its endpoints need.</summary>
    void AddServices(IServiceCollection services)
    {
        // Most need nothing of their own.
    }

    /// <summary>Maps its endpoints.</summary>
    void Map(IEndpointRouteBuilder routes);
}
