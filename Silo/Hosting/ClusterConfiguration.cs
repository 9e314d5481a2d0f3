using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace OrleansChat.Hosting;

/// <summary>Reads how the cluster is configured, and says what is wrong with it by its key.</summary>
public static class ClusterConfiguration
{
    /// <summary>Reads <see cref="ChatClusterOptions"/>.</summary>
    /// <exception cref="ValidationException">A value is not allowed.</exception>
    public static ChatClusterOptions GetCluster(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(ChatClusterOptions.Section);
        CheckMode(section[nameof(ChatClusterOptions.Mode)]);
        var options = section.Get<ChatClusterOptions>() ?? new ChatClusterOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    // The binder would not say which names there are, and would take numbers for them.
    private static void CheckMode(string? mode)
    {
        var names = Enum.GetNames<ClusterMode>();
        if (mode is not null && !names.Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            throw new ValidationException($"Cluster:Mode is '{mode}', and must be {string.Join(" or ", names)}.");
        }
    }
}
