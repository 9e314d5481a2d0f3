using System.Text.Json.Serialization;
using OrleansChat.Dialects.Responses.Conversations;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Views;

namespace OrleansChat.Dialects.Responses;

/// <summary>How the JSON of this dialect is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ContentView))]
[JsonSerializable(typeof(ConversationListing))]
[JsonSerializable(typeof(ConversationResource))]
[JsonSerializable(typeof(CreateItemsBody))]
[JsonSerializable(typeof(CreateResponseBody))]
[JsonSerializable(typeof(DeletedView))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(ListView))]
[JsonSerializable(typeof(NewConversationBody))]
[JsonSerializable(typeof(ResponseNotes))]
[JsonSerializable(typeof(ResponseView))]
[JsonSerializable(typeof(UpdateMetadataBody))]
internal sealed partial class ResponsesJson : JsonSerializerContext;
