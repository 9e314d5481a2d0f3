using System.Net.Http.Headers;
using System.Net.Sockets;

namespace OrleansChat.Chaos.Clients;

/// <summary>
/// The API nodes behind the simplest of balancers: who cannot connect to one is sent to the next. A request that any node may
/// have read is never repeated here.
/// </summary>
internal sealed class ApiNodes(IReadOnlyList<Uri> addresses, string key) : IDisposable
{
    // Longer than the cluster's own response timeout, so that its answer is what a client sees.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        // Every stream is a connection of its own, as browsers' are.
        MaxConnectionsPerServer = 10_000,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),

        // Who leaves a stream is gone at once. By default what it still says would be read for two seconds first.
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    {
        Timeout = Patience,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Where they are.</summary>
    public IReadOnlyList<Uri> Addresses => addresses;

    /// <summary>Sends a request to a node, or to the next one that takes connections, and reads the head of the answer.</summary>
    /// <param name="first">The node to try first: any number.</param>
    /// <param name="request">Makes the request for a node.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, and the index of the node that gave it.</returns>
    /// <exception cref="HttpRequestException">No node takes connections, or the one that did gave no answer.</exception>
    public async Task<(HttpResponseMessage Response, int Node)> SendAsync(
        int first, Func<Uri, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var node = (first + attempt) % addresses.Count;
            using var message = request(addresses[node]);
            try
            {
                return (await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken), node);
            }
            catch (HttpRequestException e) when (WasNeverSent(e) && attempt + 1 < addresses.Count)
            {
                // The next one.
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private static bool WasNeverSent(HttpRequestException exception) =>
        exception is { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException or OperationCanceledException };
}
