using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>Which tools a model is to call. In JSON <c>"auto"</c>, <c>"none"</c>, <c>"required"</c>, or <c>{"name": "…"}</c>.</summary>
/// <param name="Mode">Whether it may, must or must not.</param>
/// <param name="Name">The tool that it must call, with <see cref="ToolChoiceMode.Named"/>; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ToolChoice"), JsonConverter(typeof(ToolChoiceConverter))]
public sealed record ToolChoice([property: Id(0)] ToolChoiceMode Mode, [property: Id(1)] string? Name = null);
