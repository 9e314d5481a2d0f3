namespace OrleansChat.Dialects.Responses.Views;

/// <summary>Something that is not there any more.</summary>
internal sealed record DeletedView(string Id, string Object)
{
    public bool Deleted { get; } = true;
}
