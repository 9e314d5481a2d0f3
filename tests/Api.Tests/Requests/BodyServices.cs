using Microsoft.Extensions.DependencyInjection;

namespace OrleansChat.Api.Tests.Requests;

/// <summary>What reading a body asks for.</summary>
internal static class BodyServices
{
    /// <summary>The defaults.</summary>
    public static IServiceProvider Default { get; } = new ServiceCollection().AddOptions().AddSingleton(TimeProvider.System).BuildServiceProvider();
}
