using System.Collections.Immutable;

namespace OrleansChat.Testing.Telemetry;

/// <summary>A span that an <see cref="OtlpReceiver"/> got.</summary>
/// <param name="Service">The <c>service.name</c> that it came from.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="Trace">Its trace, in hexadecimal digits.</param>
/// <param name="Id">Its id, in hexadecimal digits.</param>
/// <param name="Parent">Its parent's id; empty where it is the root.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">What is known of it.</param>
/// <param name="Status">0 unset, 1 ok, 2 error.</param>
/// <param name="End">When it ended, in nanoseconds since 1970.</param>
public sealed record OtlpSpan(
    string Service, string Source, string Trace, string Id, string Parent, string Name, ImmutableDictionary<string, string> Tags, long Status, long End)
{
    internal static IEnumerable<OtlpSpan> Read(ReadOnlyMemory<byte> request) =>
        from resource in new ProtobufMessage(request).Messages(1)
        let service = OtlpAttributes.Read(resource.Message(1), 1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new OtlpSpan(
            service,
            scope.Message(1).Text(1),
            Convert.ToHexStringLower(span.Bytes(1).Span),
            Convert.ToHexStringLower(span.Bytes(2).Span),
            Convert.ToHexStringLower(span.Bytes(4).Span),
            span.Text(5),
            OtlpAttributes.Read(span, 9),
            span.Message(15).Integer(3),
            span.Integer(8));
}
