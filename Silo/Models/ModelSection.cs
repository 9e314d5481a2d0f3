using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace OrleansChat.Models;

/// <summary>
/// Reads one <c>Models:{name}</c> section. The configuration binder would do, were it not that it drops misspelt keys silently,
/// or quotes values, which may be keys, in its exceptions.
/// </summary>
internal static class ModelSection
{
    private static readonly Dictionary<string, PropertyInfo> Settings = typeof(ModelOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the section; what is wrong with it goes to <paramref name="failures"/>. Empty values are unset values.</summary>
    public static ModelOptions Read(IConfigurationSection section, List<string> failures)
    {
        var options = new ModelOptions();
        if (section.Value is { Length: > 0 })
        {
            failures.Add($"{section.Path} is a single value; a model is a section, such as {section.Path}:{nameof(ModelOptions.Endpoint)}.");
        }

        foreach (var setting in section.GetChildren())
        {
            if (!Settings.TryGetValue(setting.Key, out var property))
            {
                failures.Add($"{setting.Path} is not a setting of a model; those are {string.Join(", ", Settings.Keys)}.");
            }
            else if (setting.GetChildren().Any() || (!string.IsNullOrWhiteSpace(setting.Value) && !TrySet(options, property, setting)))
            {
                failures.Add($"{setting.Path} must be {Describe(property.PropertyType)}.");
            }
        }

        return options;
    }

    private static bool TrySet(ModelOptions options, PropertyInfo property, IConfigurationSection setting)
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

    private static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(double) ? "a number such as 12.5"
        : type == typeof(int?) ? "a whole number"
        : type == typeof(TimeSpan) ? "a time span such as 00:01:30, or 00:00:00.5"
        : type == typeof(Uri) ? "a URL"
        : Nullable.GetUnderlyingType(type) is { IsEnum: true } words ? $"one of {string.Join(", ", Enum.GetNames(words))}"
        : "text";
}
