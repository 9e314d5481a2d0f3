using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting
{
    /// <summary>Configures a silo.</summary>
    public interface ISiloBuilder
    {
        /// <summary>The host's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }

    /// <summary>Configures a client.</summary>
    public interface IClientBuilder
    {
        /// <summary>The host's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }

    /// <summary>Options of a silo.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Configures options.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }
    }

    /// <summary>Options of a client.</summary>
    public static class ClientBuilderExtensions
    {
        /// <summary>Has the caller's activity go along with calls; here it always does.</summary>
        public static IClientBuilder AddActivityPropagation(this IClientBuilder builder) => builder;

        /// <summary>Configures options.</summary>
        public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }
    }
}

namespace Orleans.StandIn.Hosting
{
    internal sealed record HostBuilderPart(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder, IClientBuilder;
}
