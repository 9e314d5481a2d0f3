using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using OrleansChat.Owners;

namespace OrleansChat.Conversations;

/// <summary>From the id in a route to the conversation.</summary>
/// <param name="grains">Where the grains are.</param>
/// <param name="clock">The time.</param>
internal sealed class ConversationLookup(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>A key for a new conversation of the caller.</summary>
    public ConversationKey NewKey(HttpContext context) => new(context.Owner(), ConversationId.New(clock));

    /// <summary>
    /// Creates a conversation of the caller. A request with a name creates one at most: its hash is the end of the id, so whoever
    /// comes with the same name finds it.
    /// </summary>
    public Task<CreateResult> CreateAsync(HttpContext context, CreateConversation request)
    {
        if (request.Request is null)
        {
            return Find(NewKey(context)).CreateAsync(request);
        }

        var owner = context.Owner();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}/{request.Request}"));
        var tail = ConversationId.TailOf(BinaryPrimitives.ReadUInt128BigEndian(hash));
        var creation = grains.GetGrain<ICreationGrain>($"{owner}/{tail}");
        return Patience.WriteAsync(_ => creation.Create(owner, request), clock);
    }

    /// <summary>The conversation with a key, as its owner sees it.</summary>
    public PatientConversation Find(ConversationKey key) =>
        new(grains.GetGrain<IConversationGrain>(key.ToString()), key.Owner, clock);

    /// <summary>The caller's conversation with this id; false when the id is malformed, so that there can be none.</summary>
    public bool TryFind(HttpContext context, string id, [NotNullWhen(true)] out PatientConversation? conversation, out ConversationKey key)
    {
        key = default;
        conversation = null;
        if (!ConversationId.TryParse(id, out var parsed))
        {
            return false;
        }

        key = new ConversationKey(context.Owner(), parsed);
        conversation = Find(key);
        return true;
    }
}
