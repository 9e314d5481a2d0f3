using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>A call of a tool as it comes.</summary>
internal sealed class StepCall
{
    private readonly ArrayBufferWriter<byte> arguments = new();
    private readonly byte[] head;

    /// <summary>A call that begins.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">The tool's name.</param>
    public StepCall(string id, string name)
    {
        (Id, Name) = (id, name);
        var escaped = JsonEncodedText.Encode(id, ReadableEncoder.Instance);
        head = Encoding.UTF8.GetBytes($$"""{"type":"tool-input-delta","toolCallId":"{{escaped}}","inputTextDelta":""" + "\"");
    }

    /// <summary>The call's id.</summary>
    public string Id { get; }

    /// <summary>The tool's name.</summary>
    public string Name { get; }

    /// <summary>Adds a piece of the arguments, as escaped in JSON.</summary>
    public void Add(ReadOnlySpan<byte> escaped, ChunkFrames frames)
    {
        arguments.Write(escaped);
        frames.AddPiece(head, escaped);
    }

    /// <summary>Writes what the whole call is.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("toolCallId"u8, Id);
        json.WriteString("toolName"u8, Name);
        json.WritePropertyName("input"u8);
        JsonText.WriteInput(json, Unescaped());
    }

    private string Unescaped()
    {
        var reader = new Utf8JsonReader([(byte)'"', .. arguments.WrittenSpan, (byte)'"']);
        reader.Read();
        return reader.GetString()!;
    }
}
