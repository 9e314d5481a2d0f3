using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Clients.Tests.OpenAi;

/// <summary>
/// Leaves the first few requests in the middle of their reply, as a connection that breaks does: at once, without reading on. What
/// follows is sent at once too, before the product can have seen that.
/// </summary>
/// <param name="times">How many.</param>
/// <param name="product">Where they go. Nobody else may repeat requests there meanwhile.</param>
/// <param name="gate">Where the reply is held until the last request waits for it, and all others are known to have been left.</param>
internal sealed class BreakingHandler(int times, ProductProcess product, Gate gate)
    : DelegatingHandler(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
{
    private const string Repeated = "is taken for a repetition";

    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var before = product.Log.Length;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = base.SendAsync(request, leaving.Token);
        await (++Requests == 1 ? gate.Reached.WaitAsync(TestLimits.Signal, cancellationToken) : product.WaitForLogAsync(Repeated, before));
        if (Requests > times)
        {
            gate.Open();
            return await answer;
        }

        await leaving.CancelAsync();
        try
        {
            (await answer).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It was left before it had begun to answer.
        }

        throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection broke.");
    }
}
