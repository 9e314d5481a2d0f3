using System.Collections.Immutable;
using System.Globalization;

namespace OrleansChat.Testing.Telemetry;

/// <summary>Reads attributes as OTLP has them.</summary>
internal static class OtlpAttributes
{
    /// <summary>The attributes in a field, each value as text.</summary>
    public static ImmutableDictionary<string, string> Read(ProtobufMessage message, int field) =>
        message.Messages(field).ToImmutableDictionary(pair => pair.Text(1), pair => ValueOf(pair.Message(2)), StringComparer.Ordinal);

    private static string ValueOf(ProtobufMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : value.Has(2) ? (value.Integer(2) != 0).ToString()
        : value.Integer(3).ToString(CultureInfo.InvariantCulture);
}
