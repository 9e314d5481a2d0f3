using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansChat.Health;

/// <summary>Adds the silo's health port.</summary>
public static class HealthPortHosting
{
    /// <summary>Adds the port that <see cref="HealthPortOptions"/> names, if any; after the silo, whose state it tells.</summary>
    /// <exception cref="ValidationException">The port is none.</exception>
    public static IHostApplicationBuilder AddHealthPort(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var section = builder.Configuration.GetSection(HealthPortOptions.Section);
        var options = section.Get<HealthPortOptions>() ?? new HealthPortOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (options.Port != 0)
        {
            builder.Services.Configure<HealthPortOptions>(section);
            builder.Services.AddHostedService<HealthPort>();
        }

        return builder;
    }
}
