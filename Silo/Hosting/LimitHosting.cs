using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansChat.Limiting;

namespace OrleansChat.Hosting;

/// <summary>Reads how much is accepted.</summary>
public static class LimitHosting
{
    /// <summary>Adds <see cref="LimitOptions"/>, checked at the start. Silos and API nodes need it, and a process may be both.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ImplementationType == typeof(LimitCheck)))
        {
            return services;
        }

        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitCheck>();
        return services;
    }
}
