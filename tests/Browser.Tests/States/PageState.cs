using OrleansChat.Browser.Tests.Browsing;

namespace OrleansChat.Browser.Tests.States;

/// <summary>One of the states that the page can be in.</summary>
/// <param name="Name">Its name, which pictures of it have too.</param>
/// <param name="EnterAsync">Brings a page that is just opened into it.</param>
/// <param name="Options">What the visitor comes with.</param>
public sealed record PageState(string Name, Func<ShowSite, ChatPage, Task> EnterAsync, VisitOptions? Options = null)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
