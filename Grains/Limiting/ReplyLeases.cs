using OrleansChat.Conversations;

namespace OrleansChat.Limiting;

/// <summary>The conversations whose replies run, each with the tokens that it was granted, for as long as it renews that.</summary>
internal sealed class ReplyLeases(TimeProvider clock)
{
    private readonly Dictionary<ConversationId, Lease> leases = [];

    /// <summary>How many run.</summary>
    public int Count
    {
        get
        {
            Prune();
            return leases.Count;
        }
    }

    /// <summary>How many tokens they were granted together.</summary>
    public long Tokens
    {
        get
        {
            Prune();
            return leases.Values.Sum(lease => lease.Tokens);
        }
    }

    /// <summary>Whether a conversation has one.</summary>
    public bool Has(ConversationId conversation)
    {
        Prune();
        return leases.ContainsKey(conversation);
    }

    /// <summary>Begins a lease, or renews it.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="tokens">How many tokens it was granted, as far as it knows; what is known here of later ones stands.</param>
    public void Renew(ConversationId conversation, long tokens = 0) =>
        leases[conversation] = new Lease(Math.Max(tokens, leases.GetValueOrDefault(conversation).Tokens), clock.GetTimestamp());

    /// <summary>Notes tokens that were granted.</summary>
    public void Grant(ConversationId conversation, long tokens) =>
        leases[conversation] = new Lease(leases.GetValueOrDefault(conversation).Tokens + tokens, clock.GetTimestamp());

    /// <summary>Ends a lease, or, where another reply takes its place, what it was granted.</summary>
    public void End(ConversationId conversation, bool hasNext)
    {
        leases.Remove(conversation);
        if (hasNext)
        {
            Renew(conversation);
        }
    }

    private void Prune()
    {
        var now = clock.GetTimestamp();
        foreach (var (conversation, lease) in leases)
        {
            if (clock.GetElapsedTime(lease.Since, now) >= LeaseTimes.Lease)
            {
                leases.Remove(conversation);
            }
        }
    }

    private readonly record struct Lease(long Tokens, long Since);
}
