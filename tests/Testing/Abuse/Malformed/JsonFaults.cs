using System.Text;
using System.Text.Json.Nodes;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Spoils JSON that was good.</summary>
internal static class JsonFaults
{
    // In place of a value that is spoilt by what only raw text can say.
    private const string Mark = "@@@";

    // Schemas are a provider's business: whatever is JSON is passed on.
    private static readonly string[] FreeForm = ["parameters", "schema"];

    private static readonly (string Name, Func<JsonNode, Random, byte[]?> Spoil)[] All =
    [
        ("depth of the body", (_, random) => Text(Nested(random.Next(65, 20_000), random))),
        ("depth of a value", (body, random) => WithRaw(body, random, Nested(random.Next(65, 5_000), random), Values(body))),
        ("cut off", (body, random) => Text(body.ToJsonString()) is var text && text.Length > 2 ? text[..random.Next(1, text.Length - 1)] : null),
        ("another type", OfAnotherType),
        ("a property twice", WithPropertyTwice),
        ("a lone surrogate", (body, random) => WithRawText(body, random, Pick(random, "\"\\ud800\"", "\"a\\udc00b\"", "\"\\ud83d x\"", "\"\\ude00\\ud83d\""))),
        ("a lone surrogate in a name", (_, random) => Text($"{{\"{Pick(random, "\\ud800", "\\udfff")}\": 1}}")),
        ("bytes that are not UTF-8", (body, random) => NotUtf8(body, random)),
        ("UTF-16", (body, random) => (random.Next(2) == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode).GetBytes("\ufeff" + body.ToJsonString())),
        ("no object", (_, random) => Text(Pick(random, "[]", "\"text\"", "12", "true", "[{}]", "null"))),
        ("no JSON", (_, random) => Text(Pick(random, "{,}", "{]", "{\"a\":}", "{'a':1}", "{a:1}", "{\"a\":1,}", "<a/>", "\u0000", "{\"a\":01}", "{\"a\":+1}", "{\"a\":NaN}", "undefined", "{\"a\":1} // and", "{} {}", "{}]"))),
        ("a control character", (body, random) => WithRawText(body, random, $"\"a{Pick(random, "\n", "\r", "\u0000", "\u001b", "\t")}b\"")),
        ("a bad escape", (body, random) => WithRawText(body, random, Pick(random, "\"\\x41\"", "\"\\u12\"", "\"\\uzzzz\"", "\"\\\""))),
        ("a number out of bounds", (body, random) => WithRaw(body, random, Pick(random, "1e99999", "-1e400", new string('9', 400), "0x10", "-"), Known(body))),
        ("noise", (_, random) => Noise(random, random.Next(1, 2_000))),
    ];

    /// <summary>A spoilt body, and what is wrong with it.</summary>
    public static (string Fault, byte[] Body) Spoil(JsonNode good, Random random)
    {
        while (true)
        {
            var (name, spoil) = All[random.Next(All.Length)];
            if (spoil(good.DeepClone(), random) is { } body)
            {
                return (name, body);
            }
        }
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static T Pick<T>(Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private static string Nested(int depth, Random random) =>
        random.Next(2) == 0
            ? string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth))
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);

        // Whatever else it is, it is not white space and then an object.
        noise[0] = (byte)random.Next('}', 256);
        return noise;
    }

    private static byte[]? OfAnotherType(JsonNode body, Random random)
    {
        var values = Known(body).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        var (parent, key) = values[random.Next(values.Count)];
        Replace(parent, key, (parent is JsonArray array ? array[(int)key] : ((JsonObject)parent)[(string)key]) switch
        {
            JsonValue text when text.GetValueKind() == System.Text.Json.JsonValueKind.String => random.Next(2) == 0 ? JsonValue.Create(12.5) : JsonValue.Create(true),
            JsonObject => JsonValue.Create(random.Next()),
            JsonArray => JsonValue.Create(false),
            _ => new JsonObject { ["a"] = new JsonArray() },
        });
        return Text(body.ToJsonString());
    }

    private static byte[]? WithPropertyTwice(JsonNode body, Random random)
    {
        var properties = Known(body).Where(value => value.Parent is JsonObject).ToList();
        if (properties.Count == 0)
        {
            return null;
        }

        var (parent, key) = properties[random.Next(properties.Count)];
        var text = ((JsonObject)parent)[(string)key]?.ToJsonString() ?? "null";
        Replace(parent, key, JsonValue.Create(Mark));
        return Text(body.ToJsonString().Replace($"\"{Mark}\"", $"{text},\"{key}\":{text}", StringComparison.Ordinal));
    }

    // Only where a text stands: what takes no text is wrong anyway.
    private static byte[]? WithRawText(JsonNode body, Random random, string raw) => WithRaw(body, random, raw, Values(body).Where(IsText));

    private static byte[]? WithRaw(JsonNode body, Random random, string raw, IEnumerable<(JsonNode Parent, object Key)> places)
    {
        var all = places.ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var (parent, key) = all[random.Next(all.Count)];
        Replace(parent, key, JsonValue.Create(Mark));
        return Text(body.ToJsonString().Replace($"\"{Mark}\"", raw, StringComparison.Ordinal));
    }

    private static byte[]? NotUtf8(JsonNode body, Random random)
    {
        if (WithRawText(body, random, $"\"{Mark}\"") is not { } text)
        {
            return null;
        }

        var at = text.AsSpan().IndexOf("@@@"u8);
        byte[] bad = Pick<byte[]>(random, [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x28, 0xa1], [0x80]);
        return [.. text[..at], .. bad, .. text[(at + Mark.Length)..]];
    }

    private static bool IsText((JsonNode Parent, object Key) place) =>
        (place.Parent is JsonArray array ? array[(int)place.Key] : ((JsonObject)place.Parent)[(string)place.Key])
            is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String;

    private static void Replace(JsonNode parent, object key, JsonNode value)
    {
        if (parent is JsonArray array)
        {
            array[(int)key] = value;
        }
        else
        {
            ((JsonObject)parent)[(string)key] = value;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Values(JsonNode node) => node switch
    {
        JsonObject all => all.SelectMany(each => Inside(all, each.Key, each.Value)),
        JsonArray all => all.SelectMany((each, i) => Inside(all, i, each)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Inside(JsonNode parent, object key, JsonNode? value) =>
        value is null ? [] : Values(value).Prepend((parent, key));

    // All values but those within what nobody here looks into.
    private static IEnumerable<(JsonNode Parent, object Key)> Known(JsonNode body) => Values(body).Where(value =>
    {
        for (var node = value.Parent; node is not null; node = node.Parent)
        {
            if (node.Parent is JsonObject && FreeForm.Contains(node.GetPropertyName(), StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    });
}
