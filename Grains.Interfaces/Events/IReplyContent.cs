namespace OrleansChat.Events;

/// <summary>An event that adds to what a reply says, thinks or calls for, and changes nothing else. There are many of them.</summary>
public interface IReplyContent
{
    /// <summary>The reply's id.</summary>
    string Message { get; }
}
