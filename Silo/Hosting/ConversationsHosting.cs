using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Journal;
using OrleansChat.Replies;

namespace OrleansChat.Hosting;

/// <summary>What makes a silo one that holds conversations.</summary>
public static class ConversationsHosting
{
    /// <summary>
    /// Adds what conversation grains need, but for the store (<see cref="IConversationStore"/>), the models
    /// (<see cref="Models.IModelCatalog"/>) and the stream provider named <see cref="DeliveryStream.Provider"/>.
    /// </summary>
    public static ISiloBuilder AddConversations(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddOptions<TakeOverOptions>().BindConfiguration(TakeOverOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddSingleton<RunningReplies>();
        silo.Services.AddSingleton<LostConversations>();
        silo.Services.AddSingleton<JournalWriter>();
        silo.Services.AddSingleton<DeliveryPublisher>();
        silo.AddStartupTask<UnfinishedReplySweep>();
        return silo;
    }
}
