using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansChat.Journal;
using OrleansChat.Keys;
using OrleansChat.Storage.Files.Keys;

namespace OrleansChat.Storage.Files;

/// <summary>Adds the store that keeps conversations in files.</summary>
internal static class FilesStoreExtensions
{
    /// <summary>Adds <see cref="FilesConversationStore"/>, with its options from the section <c>Storage</c> of the configuration.</summary>
    public static IServiceCollection AddFilesStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddFilesKeyStore(configuration);
        services.AddSingleton<FilesConversationStore>();
        services.AddSingleton<IConversationStore>(provider => provider.GetRequiredService<FilesConversationStore>());
        services.AddHostedService<FilesStoreStart>();
        return services;
    }

    /// <summary>Adds <see cref="FilesKeyStore"/> alone, which any number of processes may use beside the one that has the conversations.</summary>
    public static IServiceCollection AddFilesKeyStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FilesStoreOptions>().Bind(configuration.GetSection(FilesStoreOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FilesStoreOptions>, FilesStoreOptionsValidator>();
        services.AddSingleton<IKeyStore, FilesKeyStore>();
        return services;
    }
}
