using System.Text.Json.Serialization.Metadata;

namespace OrleansChat.Requests;

/// <summary>A request's JSON body.</summary>
/// <typeparam name="T">The body's own type.</typeparam>
internal interface IRequestBody<T>
{
    /// <summary>What the body looks like, in words for a caller who got it wrong.</summary>
    static abstract string Shape { get; }

    /// <summary>How it is read.</summary>
    static abstract JsonTypeInfo<T> TypeInfo { get; }

    /// <summary>Checks what JSON alone cannot.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    void Validate();
}
