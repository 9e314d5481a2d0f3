namespace OrleansChat.Dialects.Responses.Views;

/// <summary>How far an item is.</summary>
internal static class ItemStatus
{
    /// <summary>More of it may come.</summary>
    public const string InProgress = "in_progress";

    /// <summary>It is whole.</summary>
    public const string Completed = "completed";

    /// <summary>It broke off.</summary>
    public const string Incomplete = "incomplete";
}
