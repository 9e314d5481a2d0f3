using OrleansChat.Health;
using OrleansChat.Hosting;

namespace OrleansChat.Deploy.Tests.Tools;

/// <summary>The settings that the programs have, as environment variables name them.</summary>
internal static class KnownSettings
{
    /// <summary>Whether callers need keys.</summary>
    public const string SignIn = "Authentication__Keys";

    // Those that no options type of ours stands for: .NET's own, Npgsql's own, the store's and the models'.
    private static readonly string[] Others =
    [
        "ConnectionStrings__PostgreSQL", "PGPASSWORD", "ASPNETCORE_HTTP_PORTS", "Storage__Path", SignIn, "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL",
    ];

    private static readonly string[] Secrets = ["KEY", "PASSWORD", "CONNECTIONSTRING", "SECRET", "TOKEN"];

    private static readonly HashSet<string> Names = [.. Of<ChatClusterOptions>("Cluster"), .. Of<HealthPortOptions>("Health"), .. Others];

    /// <summary>Fails for a name that no program knows, and so would ignore.</summary>
    public static void AssertKnown(string name) => Assert.True(Names.Contains(name), $"No program knows {name}.");

    /// <summary>Whether a setting has a secret for its value.</summary>
    public static bool IsSecret(string name) => name != SignIn && Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Of<T>(string section) => typeof(T).GetProperties().Select(property => $"{section}__{property.Name}");
}
