using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Models;
using OrleansChat.Models.Routing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>Models with scripted endpoints, a clock that stands still until it is moved, and dice that fall as the test says.</summary>
public abstract class RoutingTests
{
    protected static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    protected ManualTimeProvider Time { get; } = new();

    /// <summary>What the dice show, from 0 to below 1.</summary>
    protected double Dice { get; set; } = 0.5;

    private protected static ModelEndpoint Endpoint(IChatClient client, CircuitBreaker circuit) => new("test/1", client, circuit);

    private protected CircuitBreaker Circuit(int failures = 0) => new(failures, TimeSpan.FromSeconds(10), Time, static _ => { });

    private protected RoutedModel Model(string name, int attempts, params (IChatClient Client, int Weight)[] endpoints) =>
        new(name, [.. endpoints.Select(endpoint => (Endpoint(endpoint.Client, Circuit()), endpoint.Weight))], attempts)
        {
            FirstTokenTimeout = TimeSpan.FromSeconds(20),
            Delay = TimeSpan.FromSeconds(1),
            LongestDelay = TimeSpan.FromSeconds(4),
            LongestRetryAfter = TimeSpan.FromSeconds(30),
            Capabilities = new ModelCapabilities(),
        };

    private protected RoutedModel Model(string name, int attempts, params IChatClient[] endpoints) =>
        Model(name, attempts, [.. endpoints.Select(endpoint => (endpoint, 1))]);

    private protected RoutedChatClient Client(params RoutedModel[] models) =>
        new(new Route([.. models], Budget), new RoutingEnvironment(Time, () => Dice, NullLogger.Instance));

    /// <summary>Fails a request, and moves the clock to when the one after it is due, to the tick.</summary>
    protected async Task FailAndWaitAsync(ScriptedReply reply, ModelException fault, TimeSpan wait)
    {
        reply.Fail(fault);
        await Time.WaitForTimerAsync(wait).WaitAsync(TestLimits.Signal);
        Time.Advance(wait);
    }

    protected static ModelException Fault(string code, int? status = null, TimeSpan? retryAfter = null) =>
        new(code, $"{code}.") { Status = status, RetryAfter = retryAfter };
}
