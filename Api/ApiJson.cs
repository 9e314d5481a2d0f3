using System.Text.Json.Serialization;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Html.Events;
using OrleansChat.Dialects.Html.Messages;
using OrleansChat.Events;
using OrleansChat.Health;
using OrleansChat.Keys;
using OrleansChat.Models;
using OrleansChat.OwnerFeeds;
using OrleansChat.Transfer;
using OrleansChat.Usage;

namespace OrleansChat;

/// <summary>How the native API's JSON is read and written: snake_case, RFC 3339, and nothing that it does not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(ConversationListView))]
[JsonSerializable(typeof(ConversationRecord))]
[JsonSerializable(typeof(ConversationView))]
[JsonSerializable(typeof(CreateConversationBody))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(CreateKeyBody))]
[JsonSerializable(typeof(KeyListView))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(MessageListView))]
[JsonSerializable(typeof(MessageRecord))]
[JsonSerializable(typeof(ModelListView))]
[JsonSerializable(typeof(NewsView))]
[JsonSerializable(typeof(MoveHeadBody))]
[JsonSerializable(typeof(QueueView))]
[JsonSerializable(typeof(RegenerateBody))]
[JsonSerializable(typeof(RenderedMessageListView))]
[JsonSerializable(typeof(ReplyEndedView))]
[JsonSerializable(typeof(SendMessageBody))]
[JsonSerializable(typeof(SentView))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SnapshotView))]
[JsonSerializable(typeof(TicketView))]
[JsonSerializable(typeof(UpdateConversationBody))]
[JsonSerializable(typeof(UsageView))]
internal sealed partial class ApiJson : JsonSerializerContext;
