using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansChat.Context;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Journal;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Retention;
using OrleansChat.Titles;

namespace OrleansChat.Hosting;

/// <summary>What makes a silo one that holds conversations.</summary>
public static class ConversationsHosting
{
    /// <summary>
    /// Adds what conversation grains need, but for the store (<see cref="IConversationStore"/>), the models
    /// (<see cref="IModelCatalog"/>) and the stream provider named <see cref="DeliveryStream.Provider"/>.
    /// </summary>
    public static ISiloBuilder AddConversations(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddOptions<TakeOverOptions>().BindConfiguration(TakeOverOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<TitleOptions>()
            .BindConfiguration(TitleOptions.Section)
            .Validate<IModelCatalog>(
                (options, catalog) => options.Model is null || catalog.TryGet(options.Model, out _),
                $"{TitleOptions.Section}:{nameof(TitleOptions.Model)} must name one of the configured models.")
            .ValidateOnStart();
        silo.Services.AddSingleton<TitleMaker>();
        silo.Services.AddSingleton<SummaryMaker>();
        silo.Services.AddSingleton<PromptFitter>();
        silo.Services.AddSingleton<RunningReplies>();
        silo.Services.AddSingleton<LostConversations>();
        silo.Services.AddSingleton<JournalWriter>();
        silo.Services.AddSingleton<DeliveryPublisher>();
        silo.AddStartupTask<UnfinishedReplySweep>();
        silo.AddStartupTask<ExpirySweep>();
        return silo;
    }
}
