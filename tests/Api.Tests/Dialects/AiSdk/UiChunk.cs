using System.Text.Json;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>A chunk as a client reads it.</summary>
/// <param name="Id">The frame's id; null where it has none.</param>
/// <param name="Json">The chunk.</param>
internal sealed record UiChunk(long? Id, string Json)
{
    private const string IdField = "id: ";
    private const string DataField = "data: ";

    /// <summary>The chunk's type.</summary>
    public string Type => Parse().GetProperty("type").GetString()!;

    /// <summary>The chunk, parsed.</summary>
    public JsonElement Parse() => JsonElement.Parse(Json);

    /// <summary>Reads the chunks of a stream; comments and the mark of its end are none.</summary>
    public static IReadOnlyList<UiChunk> Read(string frames)
    {
        var chunks = new List<UiChunk>();
        foreach (var frame in frames.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = frame.Split('\n');
            var data = lines.SingleOrDefault(line => line.StartsWith(DataField, StringComparison.Ordinal));
            if (data is not null && data != "data: [DONE]")
            {
                var id = lines.SingleOrDefault(line => line.StartsWith(IdField, StringComparison.Ordinal));
                chunks.Add(new UiChunk(id is null ? null : long.Parse(id.AsSpan(IdField.Length)), data[DataField.Length..]));
            }
        }

        return chunks;
    }
}
