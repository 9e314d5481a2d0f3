using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansChat.Testing.Models;

/// <summary>Carries out a script on one response.</summary>
internal sealed class ScriptRun(HttpContext context, TimeProvider time, CancellationToken stop)
{
    private readonly HttpResponse response = context.Response;
    private bool oneByteWrites;

    /// <summary>Whether the script itself broke the connection.</summary>
    public bool HasBroken { get; private set; }

    /// <summary>Runs the steps.</summary>
    /// <exception cref="OperationCanceledException">The client left, or the server stops.</exception>
    public async Task RunAsync(ModelScript script)
    {
        response.ContentType = "text/event-stream";
        foreach (var step in script.Steps)
        {
            await RunAsync(step);
        }

        if (!HasBroken)
        {
            await response.StartAsync(stop);
        }
    }

    private Task RunAsync(ModelStep step) => step switch
    {
        ModelStep.Answer answer => AnswerAsync(answer),
        ModelStep.UseStatus status => Do(() => response.StatusCode = status.Code),
        ModelStep.UseContentType type => Do(() => response.ContentType = type.Value),
        ModelStep.OneByteWrites => Do(() => oneByteWrites = true),
        ModelStep.SendHeaders => response.Body.FlushAsync(stop),
        ModelStep.Raw raw => SendAsync(raw.Bytes),
        ModelStep.Delay delay => Task.Delay(delay.Time, time, stop),
        ModelStep.Wait wait => wait.Gate.PassAsync(stop),
        ModelStep.Stall => Task.Delay(Timeout.InfiniteTimeSpan, time, stop),
        ModelStep.Reset => Do(Reset),
        ModelStep.Cut => CutAsync(),
        _ => throw new NotSupportedException(),
    };

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var size = oneByteWrites ? 1 : Math.Max(1, bytes.Length);
        for (; !bytes.IsEmpty; bytes = bytes[size..])
        {
            await response.Body.WriteAsync(bytes[..size], stop);
            await response.Body.FlushAsync(stop);
        }
    }

    private async Task AnswerAsync(ModelStep.Answer answer)
    {
        response.StatusCode = answer.Code;
        response.ContentType = answer.Type;
        foreach (var (name, value) in answer.Fields)
        {
            response.Headers[name] = value;
        }

        await response.WriteAsync(answer.Body, stop);
    }

    private void Reset()
    {
        HasBroken = true;
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        context.Abort();
    }

    // Ends the transport beneath the HTTP server, which sends what is still in it, and then FIN.
    private async Task CutAsync()
    {
        HasBroken = true;
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
