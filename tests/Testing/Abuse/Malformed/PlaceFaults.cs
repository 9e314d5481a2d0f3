namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Spoils what requests ask for in their address, and in headers that have a meaning here.</summary>
internal static class PlaceFaults
{
    private static readonly string[] Ids =
    [
        "conv_", "conv_short", "conv_01k9xf2q6r3m8t5v0w7y1z4b2", "conv_01k9xf2q6r3m8t5v0w7y1z4b2cc", "CONV_01K9XF2Q6R3M8T5V0W7Y1Z4B2C", "conv_01k9xf2q6r3m8t5v0w7y1z4b2u",
        "%00", "conv_%00", "..%2f..%2fetc%2fpasswd", "%c0%af", "%ff%fe", "%ed%a0%80", "%25", "%zz", "%", "a%0d%0ab", "%01", "'%20or%201=1--",
    ];

    private static readonly Dictionary<string, string[]> Query = new(StringComparer.Ordinal)
    {
        ["limit"] = ["0", "-1", "101", "1e2", "abc", "99999999999999999999", "%D9%A3", "", "1%00"],
        ["after"] = ["nonsense", "-1", "%ff", "1.5", "conv_x"],
        ["before"] = ["nonsense", "%00"],
        ["q"] = ["", "%20", "!!!", "%E2%80%A8", Long(600)],
        ["until"] = ["nonsense", ""],
        ["catchup"] = ["nonsense", "Deltas"],
        ["format"] = ["nonsense", "html"],
        ["branch"] = ["nonsense"],
        ["order"] = ["nonsense", "up"],
        ["head"] = ["nonsense", "%00"],
        ["stream"] = ["maybe", "2"],
        ["starting_after"] = ["abc", "-5", "1.5"],
        ["offset"] = ["nonsense", "-7", "1_2_3", "%00"],
        ["live"] = ["nonsense"],
        ["from"] = ["2026-13-45", "yesterday"],
        ["to"] = ["2026-02-30", "0", "99999-01-01"],
        ["group_by"] = ["planet", "model,planet"],
        ["prompt"] = ["", "%20%09"],
        ["message"] = ["", "%20"],
        ["model"] = ["no-such-model", Long(300)],
        ["follow"] = ["nonsense", "conv_x:1", Long(500)],
        ["startIndex"] = ["abc", "1.5"],
    };

    private static readonly Dictionary<string, (string Header, string[] Values)> Headers = new(StringComparer.Ordinal)
    {
        ["POST /conversations"] = ("Idempotency-Key", [Long(256), "a b", "\"\"", "\u00fc"]),
        ["POST /conversations/{id}/messages"] = ("If-Match", ["nonsense", "\"msg_1", "W/"]),
        ["POST /v1/chat/completions"] = ("Idempotency-Key", [Long(256), "a b"]),
        ["POST /v1/responses"] = ("Idempotency-Key", [Long(256), "a b"]),
        ["POST /chat/stream"] = ("Idempotency-Key", [Long(256), "a b"]),
        ["GET /conversations/{id}/events"] = ("Last-Event-ID", ["nonsense", "-1", "1.5", "99999999999999999999"]),
        ["GET /events"] = ("Last-Event-ID", ["nonsense", "-1"]),
    };

    /// <summary>A path with an id in it that is none; null where the operation has none.</summary>
    public static string? Path(ApiOperation operation, IReadOnlyDictionary<string, string> things, Random random)
    {
        if (operation.InPath.IsEmpty)
        {
            return null;
        }

        var bad = new Dictionary<string, string>(things, StringComparer.Ordinal)
        {
            [operation.InPath[random.Next(operation.InPath.Length)]] = random.Next(20) == 0 ? Long(3_000) : Ids[random.Next(Ids.Length)],
        };

        // A client of the AI SDK names its chats itself, as it likes; but not with what cannot stand in a path.
        if (operation.Path.StartsWith("/api/chat", StringComparison.Ordinal))
        {
            bad["id"] = random.Next(2) == 0 ? Long(3_000) : Ids.First(id => id == "%01");
        }

        return operation.At(bad);
    }

    /// <summary>A query that is wrong; null where nothing in the operation's can be.</summary>
    public static string? QueryOf(ApiOperation operation, Random random)
    {
        var names = operation.InQuery.Where(Query.ContainsKey).ToArray();
        if (names.Length == 0)
        {
            return null;
        }

        var name = names[random.Next(names.Length)];
        var values = Query[name];
        var other = operation.InQuery.Contains("prompt") && name != "prompt" ? "prompt=hello&" : operation.InQuery.Contains("message") && name != "message" ? "message=hello&" : "";
        return $"?{other}{name}={values[random.Next(values.Length)]}";
    }

    /// <summary>A header that is wrong; null where the operation reads none.</summary>
    public static string? HeaderOf(ApiOperation operation, Random random) =>
        Headers.TryGetValue(operation.Name, out var known) ? $"{known.Header}: {known.Values[random.Next(known.Values.Length)]}" : null;

    private static string Long(int length) => new('x', length);
}
