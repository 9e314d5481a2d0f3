using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrleansChat.Models;

/// <summary>Registers the models.</summary>
internal static class ModelServices
{
    /// <summary>
    /// Registers the <see cref="IModelCatalog"/> that <paramref name="configuration"/> describes. Starting the host throws an
    /// <see cref="OptionsValidationException"/> that names every wrong key; when it changes later, and is right, new replies follow it.
    /// </summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IConfigureOptions<ModelsOptions>>(new ConfigureModels(configuration));
        services.AddSingleton<IValidateOptions<ModelsOptions>>(new ValidateModels(configuration));
        services.AddOptions<ModelsOptions>().ValidateOnStart();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<IModelCatalog>(provider => provider.GetRequiredService<ModelCatalog>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ModelReload>(provider, configuration));
        return services;
    }
}
