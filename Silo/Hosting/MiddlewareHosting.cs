using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Middleware;

namespace OrleansChat.Hosting;

/// <summary>Adds one's own to what happens with every request to a model. See docs/middleware.md.</summary>
public static class MiddlewareHosting
{
    /// <summary>Has every model's client wrapped. What is added first is outermost.</summary>
    /// <typeparam name="T">The middleware; a singleton, which may ask for services.</typeparam>
    public static IServiceCollection AddChatClientMiddleware<T>(this IServiceCollection services)
        where T : class, IChatClientMiddleware => services.AddSingleton<IChatClientMiddleware, T>();

    /// <summary>Has a filter decide what may go to models and come from them. What is added first is asked first.</summary>
    /// <typeparam name="T">The filter; a singleton, which may ask for services.</typeparam>
    public static IServiceCollection AddContentFilter<T>(this IServiceCollection services)
        where T : class, IContentFilter => services.AddSingleton<IContentFilter, T>();
}
