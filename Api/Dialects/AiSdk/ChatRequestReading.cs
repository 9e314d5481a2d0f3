using System.Text.Json;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>Reads what the AI SDK's clients post.</summary>
internal static class ChatRequestReading
{
    /// <summary>Reads and checks the body.</summary>
    /// <exception cref="InvalidRequestException">It is missing, not JSON, or not what the call takes.</exception>
    public static async Task<ChatBody> ReadChatAsync(this HttpRequest request)
    {
        // WorkflowChatTransport names no content type. Browsers let any page post such a body, to wherever its user is signed in.
        if (!request.HasJsonContentType() && request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            throw new InvalidRequestException(
                StatusCodes.Status415UnsupportedMediaType, "A body that comes from another site has to have the header Content-Type: application/json.");
        }

        ChatBody? body;
        try
        {
            body = JsonSerializer.Deserialize((await JsonBody.ReadAsync(request)).Span, AiSdkJson.Default.ChatBody);
        }
        catch (JsonException e)
        {
            var place = e.Path is null or "$" ? "The body" : $"The body's '{Repeated.Of(e.Path)}'";
            throw RequestReading.Invalid($"{place} is not valid here. The body takes {ChatBody.Shape}.");
        }

        if (body is null)
        {
            throw RequestReading.Invalid($"The body is null. It takes {ChatBody.Shape}.");
        }

        body.Validate();
        return body;
    }
}
