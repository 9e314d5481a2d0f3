using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Usage;

/// <summary>What the caller's replies cost.</summary>
internal static class UsageApi
{
    private const string ByModel = "model";
    private const string ByDay = "day";

    public static void MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/usage", Read).WithTags("Usage").WithSummary("Read what replies cost, by model and day");

    private static async Task<Ok<UsageView>> Read(
        HttpContext context,
        IGrainFactory grains,
        TimeProvider clock,
        string? from = null,
        string? to = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "group_by")] string? groupBy = null)
    {
        var owner = context.Owner();
        var groups = ReadGroups(groupBy);
        var last = ReadDay("to", to) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = ReadDay("from", from) ?? last.AddDays(-Math.Min(Limits.DefaultUsageDays - 1, last.DayNumber));
        if (first > last || last.DayNumber - first.DayNumber >= Limits.UsageDays)
        {
            throw RequestReading.Invalid($"The query parameters 'from' and 'to' are the first and the last of 1 to {Limits.UsageDays} days.");
        }

        var rows = await Patience.ReadAsync(() => grains.GetGrain<IOwnerGrain>(owner.Value).GetUsage(owner, first, last), clock);
        return TypedResults.Ok(UsageView.Of(first, last, rows, groups.Contains(ByModel), groups.Contains(ByDay)));
    }

    private static string[] ReadGroups(string? text)
    {
        var groups = text is null ? [ByModel, ByDay] : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return groups.All(group => group is ByModel or ByDay)
            ? groups
            : throw RequestReading.Invalid("The query parameter 'group_by' is 'model', 'day', 'model,day', or empty for one sum.");
    }

    private static DateOnly? ReadDay(string name, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw RequestReading.Invalid($"The query parameter '{name}' is a day in UTC, such as 2026-11-21.");
}
