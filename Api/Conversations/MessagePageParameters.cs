using Microsoft.AspNetCore.Mvc;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The query of a request that lists messages, as it came.</summary>
internal sealed record MessagePageParameters
{
    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    [FromQuery(Name = "branch")]
    public string? Branch { get; init; }

    [FromQuery(Name = "head")]
    public string? Head { get; init; }

    [FromQuery(Name = "order")]
    public string? Order { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidRequestException">A parameter is not what it takes.</exception>
    public MessagesQuery ToQuery()
    {
        var query = new MessagesQuery(RequestReading.ReadLimit(Limit))
        {
            After = After,
            Before = Before,
            Head = Head,
            AllBranches = RequestReading.ReadChoice("branch", Branch, false, ("active", false), ("all", true)),
            NewestFirst = RequestReading.ReadChoice("order", Order, false, ("asc", false), ("desc", true)),
        };
        RequestReading.RefuseBoth("after", After, "before", Before);
        RequestReading.RefuseBoth("branch", Branch, "head", Head);
        return query;
    }
}
