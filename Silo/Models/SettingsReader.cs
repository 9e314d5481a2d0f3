using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace OrleansChat.Models;

/// <summary>
/// Reads sections into options. The configuration binder would do, were it not that it drops misspelt keys silently, or quotes
/// values, which may be keys, in its exceptions.
/// </summary>
internal static class SettingsReader
{
    private static readonly Dictionary<Type, string> Subjects = new()
    {
        [typeof(ModelOptions)] = "a model",
        [typeof(EndpointOptions)] = "an endpoint",
        [typeof(RetryOptions)] = "retries",
        [typeof(CircuitBreakerOptions)] = "a circuit breaker",
        [typeof(CapabilityOptions)] = "capabilities",
        [typeof(PriceOptions)] = "prices",
    };

    /// <summary>Reads a section; what is wrong with it goes to <paramref name="failures"/>. Empty values are unset values.</summary>
    public static void Read(IConfigurationSection section, object options, List<string> failures)
    {
        var settings = options.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (section.Value is { Length: > 0 })
        {
            failures.Add($"{section.Path} is a single value, and must be a section, such as {section.Path}:{settings.Keys.First()}.");
        }

        foreach (var setting in section.GetChildren())
        {
            if (!settings.TryGetValue(setting.Key, out var property))
            {
                failures.Add($"{setting.Path} is not a setting of {Subjects[options.GetType()]}; those are {string.Join(", ", settings.Keys)}.");
            }
            else if (property.GetValue(options) is List<string> names)
            {
                names.AddRange(NamesIn(setting));
            }
            else if (property.GetValue(options) is List<EndpointOptions> endpoints)
            {
                endpoints.AddRange(setting.GetChildren().Select(child => ReadEndpoint(child, failures)));
            }
            else if (Subjects.ContainsKey(property.PropertyType))
            {
                var inner = property.GetValue(options) ?? Activator.CreateInstance(property.PropertyType)!;
                if (property.CanWrite)
                {
                    property.SetValue(options, inner);
                }

                Read(setting, inner, failures);
            }
            else if (setting.GetChildren().Any() || (!string.IsNullOrWhiteSpace(setting.Value) && !TrySet(options, property, setting)))
            {
                failures.Add($"{setting.Path} must be {Describe(property.PropertyType)}.");
            }
        }
    }

    private static EndpointOptions ReadEndpoint(IConfigurationSection section, List<string> failures)
    {
        var endpoint = new EndpointOptions { Path = section.Path };
        Read(section, endpoint, failures);
        return endpoint;
    }

    // One environment variable can hold a list too, with commas.
    private static IEnumerable<string> NamesIn(IConfigurationSection setting) => setting.GetChildren()
        .Select(child => child.Value)
        .Prepend(setting.Value)
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static bool TrySet(object options, PropertyInfo property, IConfigurationSection setting)
    {
        try
        {
            // Secrets out of files end in line breaks.
            var value = property.PropertyType == typeof(string) ? setting.Value?.Trim() : setting.Get(property.PropertyType);
            property.SetValue(options, value);

            // The binder takes any number for an enumeration's value.
            return value is not Enum word || Enum.IsDefined(word.GetType(), word);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? "true or false"
            : type == typeof(int) ? "a whole number such as 12"
            : type == typeof(double) || type == typeof(decimal) ? "a number such as 12.5"
            : type == typeof(TimeSpan) ? "a time span such as 00:01:30, or 00:00:00.5"
            : type == typeof(Uri) ? "a URL"
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : "text";
    }
}
