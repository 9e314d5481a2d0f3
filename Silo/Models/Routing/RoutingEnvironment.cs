using Microsoft.Extensions.Logging;

namespace OrleansChat.Models.Routing;

/// <summary>What routing has of the world.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Random">A number from 0 to below 1.</param>
/// <param name="Logger">Where faults are told.</param>
internal sealed record RoutingEnvironment(TimeProvider Time, Func<double> Random, ILogger Logger);
