using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Authentication;

/// <summary>The body of <c>POST /session</c>.</summary>
internal sealed record SessionBody : IRequestBody<SessionBody>
{
    private const int Longest = 200;

    public static string Shape => "{\"key\": an API key}";

    public static JsonTypeInfo<SessionBody> TypeInfo => ApiJson.Default.SessionBody;

    /// <summary>The key.</summary>
    public string? Key { get; init; }

    public void Validate() => Rules.Required("key", Key, Longest);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => nameof(SessionBody);
}
