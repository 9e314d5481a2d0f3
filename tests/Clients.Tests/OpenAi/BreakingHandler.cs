using OrleansChat.Testing.Models;

namespace OrleansChat.Clients.Tests.OpenAi;

/// <summary>Leaves the first few requests in the middle of their replies, as a connection that breaks does: at once, without reading on.</summary>
/// <param name="times">How many.</param>
/// <param name="gate">Where the replies are held until all of those have been left.</param>
internal sealed class BreakingHandler(int times, Gate gate) : DelegatingHandler(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
{
    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (++Requests > times)
        {
            gate.Open();
            return await base.SendAsync(request, cancellationToken);
        }

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = base.SendAsync(request, leaving.Token);
        await gate.Reached;
        await leaving.CancelAsync();
        if (answer.IsCompletedSuccessfully)
        {
            (await answer).Dispose();
        }

        throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection broke.");
    }
}
