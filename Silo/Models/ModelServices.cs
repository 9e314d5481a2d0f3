using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansChat.Middleware;
using OrleansChat.Telemetry;

namespace OrleansChat.Models;

/// <summary>Registers the models.</summary>
internal static class ModelServices
{
    /// <summary>
    /// Registers the <see cref="IModelCatalog"/> that <paramref name="configuration"/> describes. Starting the host throws an
    /// <see cref="OptionsValidationException"/> that names every wrong key.
    /// </summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IConfigureOptions<ModelsOptions>>(new ConfigureModels(configuration));
        services.AddSingleton<IValidateOptions<ModelsOptions>, ValidateModels>();
        services.AddOptions<ModelsOptions>().ValidateOnStart();
        services.AddSingleton<ContentFilterMiddleware>();
        services.AddSingleton(new TelemetryMiddleware(new ModelTelemetryOptions
        {
            CaptureContent = string.Equals(configuration[ModelTelemetryOptions.CaptureContentKey], "true", StringComparison.OrdinalIgnoreCase),
        }));
        services.AddSingleton<ModelPipeline>();
        services.AddSingleton<IModelCatalog, ModelCatalog>();
        return services;
    }
}
