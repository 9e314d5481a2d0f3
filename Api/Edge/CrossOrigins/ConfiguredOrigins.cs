using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Edge.CrossOrigins;

/// <summary>The websites that the configuration names.</summary>
internal sealed class ConfiguredOrigins(IOptions<CrossOriginOptions> options) : ICrossOrigins
{
    private readonly FrozenSet<string> origins = options.Value.Origins.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc />
    public bool AllowCredentials => options.Value.Credentials;

    /// <inheritdoc />
    public bool Allows(string origin) => origins.Contains(origin);
}
