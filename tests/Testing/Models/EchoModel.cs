using System.Text;
using System.Text.Json;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Testing.Models;

/// <summary>
/// A model that says what the last message says, in many pieces, cut anywhere, also between the halves of a character. A message that
/// begins with <see cref="ThinkFirst"/> it thinks before; one that begins with <see cref="CallFirst"/> it calls the first tool with.
/// </summary>
public static class EchoModel
{
    /// <summary>Has it think what it says.</summary>
    public const string ThinkFirst = "think:";

    /// <summary>Has it call a tool, with <c>{"said": …}</c>.</summary>
    public const string CallFirst = "call:";

    // Odd, so that pieces end wherever they like.
    private const int PieceLength = 7;

    /// <summary>What it does with a request.</summary>
    public static ModelScript Answer(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var messages = request.Json.GetProperty("messages");
        var said = TextOf(messages[messages.GetArrayLength() - 1].GetProperty("content"));
        if (said.StartsWith(CallFirst, StringComparison.Ordinal))
        {
            var arguments = $"{{\"said\":{HostileTexts.Quote(said[CallFirst.Length..])}}}";
            var call = ModelScript.Stream.ToolCall(0, "call_1", request.Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString()!);
            return Pieces(arguments).Aggregate(call, (script, piece) => script.Event(ModelChunks.Arguments(0, piece))).Finish("tool_calls").Usage(1, 1).Done();
        }

        var script = ModelScript.Stream;
        if (said.StartsWith(ThinkFirst, StringComparison.Ordinal))
        {
            said = said[ThinkFirst.Length..];
            script = Pieces(said).Aggregate(script, (so, piece) => so.Event(Delta("reasoning_content", piece)));
        }

        return Pieces(said).Aggregate(script, (so, piece) => so.Event(Delta("content", piece))).Finish().Usage(1, 1).Done();
    }

    private static string Delta(string property, string piece) =>
        $$$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"echo","choices":[{"index":0,"delta":{"{{{property}}}":{{{HostileTexts.Quote(piece)}}}},"finish_reason":null}]}""";

    private static IEnumerable<string> Pieces(string text) => text.Chunk(PieceLength).Select(piece => new string(piece));

    private static string TextOf(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray().Where(part => part.GetProperty("type").GetString() == "text"))
        {
            text.Append(part.GetProperty("text").GetString());
        }

        return text.ToString();
    }
}
