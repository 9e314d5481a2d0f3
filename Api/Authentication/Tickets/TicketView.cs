namespace OrleansChat.Authentication;

/// <summary>A ticket.</summary>
/// <param name="Ticket">What to send as <c>?ticket=</c>.</param>
/// <param name="ExpiresAt">When it ends, with the streams that it opened.</param>
internal sealed record TicketView(string Ticket, DateTimeOffset ExpiresAt)
{
    /// <summary>Nothing of the ticket.</summary>
    public override string ToString() => nameof(TicketView);
}
