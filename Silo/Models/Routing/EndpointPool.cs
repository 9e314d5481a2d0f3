using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansChat.Telemetry;

namespace OrleansChat.Models.Routing;

/// <summary>
/// The endpoints of all models. One whose settings stay the same when the configuration changes stays the same too, with its connections
/// and what is known of its health.
/// </summary>
internal sealed partial class EndpointPool(TimeProvider time, ILogger logger)
{
    private Dictionary<string, ModelEndpoint> current = new(StringComparer.Ordinal);
    private Dictionary<string, ModelEndpoint> next = new(StringComparer.Ordinal);

    /// <summary>An endpoint of the configuration that is being read.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="number">Which of its endpoints, from 1.</param>
    /// <param name="options">Its settings, as those of a model that has no other.</param>
    public ModelEndpoint Get(string model, int number, ModelOptions options)
    {
        var name = $"{model}/{number}";
        var key = Fingerprint(name, options);
        if (!current.TryGetValue(key, out var endpoint))
        {
            var failures = options.CircuitBreaker.Failures ?? (options.Provider == ModelProviders.Demo ? 0 : 5);
            var circuit = new CircuitBreaker(failures, options.CircuitBreaker.Break, time, state => Tell(model, name, state));
            endpoint = new ModelEndpoint(name, ModelClients.Create(options, time), circuit);
        }

        next[key] = endpoint;
        return endpoint;
    }

    /// <summary>The configuration is read: endpoints that were not asked for since the last time leave when nobody uses them any more.</summary>
    public void Settle()
    {
        foreach (var (_, endpoint) in current.Where(endpoint => !next.ContainsKey(endpoint.Key)))
        {
            _ = endpoint.RetireAsync(time);
        }

        (current, next) = (next, new Dictionary<string, ModelEndpoint>(StringComparer.Ordinal));
    }

    /// <summary>The silo stops: all endpoints leave when nobody uses them any more.</summary>
    public void Close()
    {
        foreach (var endpoint in current.Values)
        {
            endpoint.Exit();
        }

        current.Clear();
    }

    // All that a client may be made of, keys included, and so never to be seen.
    private static string Fingerprint(string name, ModelOptions options)
    {
        var settings = typeof(ModelOptions).GetProperties()
            .Where(property => property.PropertyType.IsValueType || property.PropertyType == typeof(string) || property.PropertyType == typeof(Uri))
            .Select(property => $"{property.GetValue(options)}")
            .Append($"{options.CircuitBreaker.Failures} {options.CircuitBreaker.Break} {options.Capabilities.Background}")
            .Prepend(name);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', settings))));
    }

    private void Tell(string model, string endpoint, CircuitState state)
    {
        RoutingInstruments.CircuitChanged(model, state.ToString());
        switch (state)
        {
            case CircuitState.Open:
                LogOpen(logger, endpoint);
                break;
            case CircuitState.HalfOpen:
                LogHalfOpen(logger, endpoint);
                break;
            default:
                LogClosed(logger, endpoint);
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Endpoint {Endpoint} keeps failing, and is left alone for a while: its circuit is open.")]
    private static partial void LogOpen(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Information, "Endpoint {Endpoint} is probed by one request: its circuit is half open.")]
    private static partial void LogHalfOpen(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Information, "Endpoint {Endpoint} answers again: its circuit is closed.")]
    private static partial void LogClosed(ILogger logger, string endpoint);
}
