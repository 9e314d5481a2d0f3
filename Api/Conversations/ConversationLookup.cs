using System.Diagnostics.CodeAnalysis;
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
    public Task<CreateResult> CreateAsync(HttpContext context, CreateConversation request) => request.Request is null
        ? Find(NewKey(context)).CreateAsync(request)
        : Patience.WriteAsync(_ => CreationOf(context, request.Request).Create(context.Owner(), request), clock);

    /// <summary>Imports a conversation of the caller; what <see cref="CreateAsync"/> says of names holds here too.</summary>
    public Task<CreateResult> ImportAsync(HttpContext context, ImportConversation request) => request.Request is null
        ? Find(NewKey(context)).ImportAsync(request)
        : Patience.WriteAsync(_ => CreationOf(context, request.Request).Import(context.Owner(), request), clock);

    /// <summary>The caller's conversation that a request of this name created, or imported; null where there is none.</summary>
    public Task<ConversationId?> FindByNameAsync(HttpContext context, string name) =>
        Patience.ReadAsync(() => CreationOf(context, name).Find(context.Owner()), clock);

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

    private ICreationGrain CreationOf(HttpContext context, string name) =>
        grains.GetGrain<ICreationGrain>(CreationKey.Of(context.Owner(), name));
}
