using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime
{
    /// <summary>Something to do when a silo has started, before the host goes on to start.</summary>
    public interface IStartupTask
    {
        /// <summary>Does it. When it throws, the host does not start.</summary>
        Task Execute(CancellationToken cancellationToken);
    }
}

namespace Orleans.Hosting
{
    /// <summary>Startup tasks.</summary>
    public static class SiloBuilderStartupExtensions
    {
        /// <summary>Adds a startup task.</summary>
        public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder)
            where TStartup : class, IStartupTask
        {
            builder.Services.AddTransient<IStartupTask, TStartup>();
            return builder;
        }
    }
}
