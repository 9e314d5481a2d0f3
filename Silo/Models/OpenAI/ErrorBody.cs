using System.ClientModel.Primitives;

namespace OrleansChat.Models.OpenAI;

/// <summary>Reads why an endpoint refused a request, within bounds: the refusal stands with or without its reason.</summary>
internal static class ErrorBody
{
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The error in the body; an empty one where the body is no error, or does not come.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<UpstreamError> ReadAsync(PipelineResponse response, TimeProvider time, CancellationToken cancellationToken) =>
        ReadAsync(response.ContentStream ?? Stream.Null, time, cancellationToken);

    /// <inheritdoc cref="ReadAsync(PipelineResponse, TimeProvider, CancellationToken)"/>
    public static async Task<UpstreamError> ReadAsync(Stream content, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var body = new byte[MostBytes];
        var length = 0;
        try
        {
            length = await content.ReadAtLeastAsync(body, MostBytes, throwOnEndOfStream: false, either.Token);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested || UpstreamFaults.IsFault(exception))
        {
            // The status alone has to do.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return UpstreamError.Read(body.AsSpan(0, length));
    }
}
