using Orleans.StandIn.Copying;
using Orleans.StandIn.Hosting;

namespace Orleans.StandIn.Calls;

/// <summary>The side of the callers: a silo's own, or that of a client in the same process.</summary>
/// <param name="silo">The silo; throws while there is none.</param>
/// <param name="responseTimeout">How long callers wait.</param>
internal sealed class CallSender(Func<LocalSilo> silo, Func<TimeSpan> responseTimeout)
{
    public LocalSilo Silo => silo();

    /// <summary>Sends a call and returns the task of its reply, which also carries every failure to send.</summary>
    public object Send(GrainId target, GrainMethod method, object?[] arguments)
    {
        var reply = method.NewReply();
        try
        {
            var cancellation = method.Token < 0 ? CancellationToken.None : (CancellationToken)arguments[method.Token]!;
            cancellation.ThrowIfCancellationRequested();
            var call = new GrainCall(target, method, DeepCopier.CopyArguments(method, arguments), reply);
            if (method.IsOneWay)
            {
                reply.TrySucceed();
            }
            else
            {
                call.Watch(method.ResponseTimeout ?? responseTimeout(), cancellation);
            }

            silo().Catalog.Dispatch(target, call);
        }
        catch (Exception e)
        {
            reply.TryFail(e);
        }

        return reply.Awaitable;
    }
}
