namespace OrleansChat.Edge.Connections;

/// <summary>Has connections end with an answer.</summary>
internal static class Closing
{
    /// <summary>Has the connection end with this answer, where it carries one request at a time.</summary>
    public static void CloseConnection(this HttpResponse response)
    {
        var protocol = response.HttpContext.Request.Protocol;
        if (HttpProtocol.IsHttp11(protocol) || HttpProtocol.IsHttp10(protocol))
        {
            response.Headers.Connection = "close";
        }
    }
}
