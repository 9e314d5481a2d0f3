using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansChat.Context;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Journal;
using OrleansChat.Keys;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Models.Upstream;
using OrleansChat.Replies;
using OrleansChat.Retention;
using OrleansChat.Titles;

namespace OrleansChat.Hosting;

/// <summary>What makes a silo one that holds conversations.</summary>
public static class ConversationsHosting
{
    /// <summary>
    /// Adds what conversation grains need, but for the stores (<see cref="IConversationStore"/>, <see cref="IKeyStore"/>), the models
    /// (<see cref="IModelCatalog"/>) and the stream provider named <see cref="DeliveryStream.Provider"/>.
    /// </summary>
    public static ISiloBuilder AddConversations(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddLimits();
        silo.Services.AddSingleton(static services => new LocalOwner(
            services.GetRequiredService<IOptions<LimitOptions>>(),
            services.GetRequiredService<IKeyStore>(),
            bool.TryParse(services.GetRequiredService<IConfiguration>()["Authentication:Keys"], out var needsKeys) ? needsKeys : null,
            services.GetRequiredService<TimeProvider>()));
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
        silo.Services.AddSingleton<ReplyWatch>();
        silo.Services.AddHostedService<ReadingPaceKeeper>();
        silo.Services.AddSingleton<LostConversations>();
        silo.Services.AddSingleton<JournalWriter>();
        silo.Services.AddSingleton<DeliveryPublisher>();
        silo.Services.AddSingleton<SiloWatches>();
        silo.Services.AddSingleton(static services => new SiloId(services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString()));
        silo.AddStartupTask<UnfinishedReplySweep>();
        silo.AddStartupTask<ExpirySweep>();
        return silo;
    }
}
