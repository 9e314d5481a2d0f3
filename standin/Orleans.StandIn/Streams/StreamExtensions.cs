using Microsoft.Extensions.DependencyInjection;
using Orleans.StandIn.Streams;
using Orleans.Streams;

namespace Orleans
{
    /// <summary>Stream providers, for grains.</summary>
    public static class GrainStreamingExtensions
    {
        /// <summary>The stream provider of a name.</summary>
        /// <exception cref="KeyNotFoundException">None was added under it.</exception>
        public static IStreamProvider GetStreamProvider(this Grain grain, string name) =>
            StreamProviders.Find(grain.GrainContext.ActivationServices, name);
    }

    /// <summary>Stream providers, for clients.</summary>
    public static class ClientStreamingExtensions
    {
        /// <summary>The stream provider of a name.</summary>
        /// <exception cref="KeyNotFoundException">None was added under it.</exception>
        public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) =>
            StreamProviders.Find(client.ServiceProvider, name);
    }
}

namespace Orleans.Streams
{
    /// <summary>Subscribing with functions.</summary>
    public static class AsyncObservableExtensions
    {
        /// <summary>Subscribes a function.</summary>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync) =>
            obs.SubscribeAsync(new FunctionObserver<T>(onNextAsync, _ => Task.CompletedTask));

        /// <summary>Subscribes functions, for items and for failures to deliver one.</summary>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync) =>
            obs.SubscribeAsync(new FunctionObserver<T>(onNextAsync, onErrorAsync));
    }

    /// <summary>Resuming with functions.</summary>
    public static class StreamSubscriptionHandleExtensions
    {
        /// <summary>Has a function take the subscription's items from now on.</summary>
        public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
            this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken? token = null) =>
            handle.ResumeAsync(new FunctionObserver<T>(onNextAsync, _ => Task.CompletedTask), token);
    }
}

namespace Orleans.StandIn.Streams
{
    internal static class StreamProviders
    {
        public static IStreamProvider Find(IServiceProvider services, string name) =>
            services.GetKeyedService<IStreamProvider>(name) ?? throw new KeyNotFoundException($"Stream provider '{name}' not found");
    }

    internal sealed class FunctionObserver<T>(Func<T, StreamSequenceToken?, Task> next, Func<Exception, Task> error) : IAsyncObserver<T>
    {
        public Task OnNextAsync(T item, StreamSequenceToken? token = null) => next(item, token);

        public Task OnErrorAsync(Exception ex) => error(ex);
    }
}
