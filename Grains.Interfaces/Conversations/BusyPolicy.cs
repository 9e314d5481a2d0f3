using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>What a request for a reply does where one runs already.</summary>
[GenerateSerializer, Alias("OrleansChat.BusyPolicy")]
[JsonConverter(typeof(JsonStringEnumConverter<BusyPolicy>))]
public enum BusyPolicy
{
    /// <summary>Nothing: it is refused.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,

    /// <summary>It waits in line until the replies before it have ended.</summary>
    [JsonStringEnumMemberName("queue")]
    Queue,

    /// <summary>It cancels the running reply, whose text so far stays, and starts.</summary>
    [JsonStringEnumMemberName("interrupt")]
    Interrupt,

    /// <summary>It cancels the running reply and takes its place: that reply and its question stay behind as a branch of their own.</summary>
    [JsonStringEnumMemberName("rollback")]
    Rollback,
}
