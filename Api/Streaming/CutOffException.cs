namespace OrleansChat.Streaming;

/// <summary>
/// Makes the server close the connection without the mark of a complete response, after what was written has been sent.
/// <see cref="HttpContext.Abort"/> does not do: it drops what is still on its way to the socket.
/// </summary>
/// <param name="end">Why the stream ends.</param>
internal sealed class CutOffException(StreamEnd end) : Exception("The response is cut off, because what it tells has failed.")
{
    /// <summary>Why the stream ends.</summary>
    public StreamEnd End => end;
}
