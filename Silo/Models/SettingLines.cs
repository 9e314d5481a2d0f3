using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace OrleansChat.Models;

/// <summary>Says in which line of which JSON file a setting stands.</summary>
internal static class SettingLines
{
    private static readonly JsonReaderOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A sentence that begins with a setting's key, with the place where that stands; as it was, where that is in no file.</summary>
    public static string Locate(IConfiguration configuration, string sentence)
    {
        var key = sentence[..Math.Max(0, sentence.IndexOf(' ', StringComparison.Ordinal))];
        if (configuration is not IConfigurationRoot root || !key.Contains(':', StringComparison.Ordinal))
        {
            return sentence;
        }

        // The last source wins. A setting that is missing stands where its section does.
        var model = string.Join(':', key.Split(':').Take(2));
        for (; key.Length >= model.Length; key = key[..Math.Max(0, key.LastIndexOf(':'))])
        {
            foreach (var provider in root.Providers.Reverse())
            {
                if (provider is JsonConfigurationProvider { Source: { FileProvider: { } files, Path: { } path } }
                    && files.GetFileInfo(path) is { Exists: true, PhysicalPath: { } file }
                    && LineOf(key, file) is { } line)
                {
                    return $"{sentence} ({Path.GetFileName(file)}, line {line})";
                }

                if (provider.TryGet(key, out _))
                {
                    return sentence;
                }
            }
        }

        return sentence;
    }

    /// <summary>The line, from 1, in which a key stands in a JSON file; null where it does not, or the file cannot be read.</summary>
    public static int? LineOf(string key, string file)
    {
        try
        {
            var json = File.ReadAllBytes(file);
            return PositionOf(key, json) is { } position ? 1 + json.AsSpan(0, position).Count((byte)'\n') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static int? PositionOf(string key, byte[] json)
    {
        var content = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(json.AsSpan(content), Tolerant);
        var path = new Stack<(string Prefix, int Index)>();
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.Pop();
                continue;
            }

            var (prefix, index) = path.Count > 0 ? path.Peek() : ("", -1);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = Join(prefix, reader.GetString()!);
            }
            else if (index >= 0)
            {
                // A place in an array is a number in the key.
                name = Join(prefix, $"{index}");
                path.Pop();
                path.Push((prefix, index + 1));
            }

            if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return content + (int)reader.TokenStartIndex;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Push((name, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return null;
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}:{name}";
}
