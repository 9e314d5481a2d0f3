namespace OrleansChat.Authentication;

/// <summary>The ticket that a request's address had.</summary>
/// <param name="Text">The ticket.</param>
internal sealed record HiddenTicket(string Text)
{
    /// <summary>Nothing of the ticket.</summary>
    public override string ToString() => nameof(HiddenTicket);
}
