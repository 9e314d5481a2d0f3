using System.Reflection;
using OrleansChat.Conversations;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>Grains of which each is the same conversation.</summary>
public class OneConversation : DispatchProxy
{
    private IConversationGrain grain = null!;

    /// <summary>Makes them.</summary>
    public static IGrainFactory Of(IConversationGrain grain)
    {
        var grains = Create<IGrainFactory, OneConversation>();
        ((OneConversation)(object)grains).grain = grain;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => grain;
}
