using System.Collections.Immutable;
using System.Globalization;
using OrleansChat.Conversations;

namespace OrleansChat.Keys;

/// <summary>What was asked of the command <c>keys</c>.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Id">With which key; null where none is named.</param>
/// <param name="Options">How, by name and without dashes.</param>
/// <param name="Configuration">What is for the configuration: <c>--Storage:Path=data</c>.</param>
internal sealed record KeysCommandLine(string Verb, string? Id, ImmutableDictionary<string, string> Options, string[] Configuration)
{
    /// <summary>How to use it.</summary>
    public const string Usage = """
        keys add [--owner OWNER] [--name NAME] [--scopes read,write,admin] [--expires-in DAYS.HH:MM:SS]
        keys list
        keys revoke ID
        keys rotate ID [--overlap HH:MM:SS]
        """;

    private static readonly ImmutableDictionary<string, string[]> Allowed = ImmutableDictionary<string, string[]>.Empty
        .Add("add", ["owner", "name", "scopes", "expires-in"])
        .Add("list", [])
        .Add("revoke", [])
        .Add("rotate", ["overlap"]);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="KeysCommandException">They are not what the command takes.</exception>
    public static KeysCommandLine Parse(string[] arguments)
    {
        if (arguments is not [var verb, ..] || !Allowed.TryGetValue(verb, out var allowed))
        {
            throw new KeysCommandException(Usage);
        }

        var (ids, configuration) = (new List<string>(), new List<string>());
        var options = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                ids.Add(argument);
                continue;
            }

            var parts = argument[2..].Split('=', 2);
            var value = parts.Length == 2 ? parts[1]
                : i + 1 < arguments.Length ? arguments[++i]
                : throw new KeysCommandException($"{argument} needs a value.");
            if (parts[0].Contains(':', StringComparison.Ordinal))
            {
                configuration.Add($"--{parts[0]}={value}");
            }
            else if (allowed.Contains(parts[0], StringComparer.Ordinal))
            {
                options[parts[0]] = value;
            }
            else
            {
                throw new KeysCommandException($"keys {verb} knows no --{parts[0]}.\n{Usage}");
            }
        }

        var takesId = verb is "revoke" or "rotate";
        if (ids.Count != (takesId ? 1 : 0))
        {
            throw new KeysCommandException(takesId ? $"keys {verb} takes the id of one key; keys list has them.\n{Usage}" : $"keys {verb} does not take '{ids[0]}'.\n{Usage}");
        }

        // Whoever has the key at hand need not look for the id in it.
        return new KeysCommandLine(verb, ids.Select(id => KeyText.TryReadId(id, out var inKey) ? inKey : id).FirstOrDefault(), options.ToImmutable(), [.. configuration]);
    }

    /// <summary>The owner; <c>local</c>, whose the conversations are of before anybody signs in, where none is named.</summary>
    /// <exception cref="KeysCommandException">It is none.</exception>
    public OwnerId Owner => !Options.TryGetValue("owner", out var text) ? OwnerId.Local
        : OwnerId.TryParse(text, out var owner) ? owner
        : throw new KeysCommandException($"--owner is 1 to {OwnerId.MaxLength} of the characters A-Z a-z 0-9 . _ - @, and starts with a letter or a digit.");

    /// <summary>The scopes; to read and to write where none are named.</summary>
    /// <exception cref="KeysCommandException">They are none.</exception>
    public Scope Scopes => !Options.TryGetValue("scopes", out var text) ? Scope.Write
        : Keys.Scopes.TryParse(text.Split(',', StringSplitOptions.TrimEntries), out var scopes) ? scopes
        : throw new KeysCommandException("--scopes takes read, write and admin, with commas between.");

    /// <summary>The name.</summary>
    /// <exception cref="KeysCommandException">It is too long.</exception>
    public string KeyName => Options.GetValueOrDefault("name", "") is { Length: <= ApiKey.MaxName } name && !name.Any(char.IsControl) ? name
        : throw new KeysCommandException($"--name takes up to {ApiKey.MaxName} characters on one line.");

    /// <summary>A time that an option gives; null where it is missing.</summary>
    /// <exception cref="KeysCommandException">It is none.</exception>
    public TimeSpan? Time(string option) => !Options.TryGetValue(option, out var text) ? null
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time.TotalDays <= 36_500 ? time
        : throw new KeysCommandException($"--{option} is a time such as 90.00:00:00, which is 90 days, or 01:00:00.");
}
