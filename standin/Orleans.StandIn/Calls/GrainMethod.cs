using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.StandIn.Calls;

/// <summary>What a method of a grain interface says about its calls.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = [];
    private static readonly MethodInfo CreateReplyOf = typeof(GrainMethod).GetMethod(nameof(CreateReply), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly MethodInfo method;

    private GrainMethod(MethodInfo method)
    {
        this.method = method;
        var parameters = method.GetParameters();
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Token = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        Isolated = [.. parameters.Select(parameter => !parameter.IsDefined(typeof(ImmutableAttribute)))];
        NewReply = ReplyFactory(method);
        ActivityName = $"{method.DeclaringType!.Name}/{method.Name}";
    }

    public bool IsAlwaysInterleave { get; }

    public bool IsReadOnly { get; }

    public bool IsOneWay { get; }

    /// <summary>What its calls are named in traces.</summary>
    public string ActivityName { get; }

    /// <summary>How long its callers wait; null for as long as their host is configured with.</summary>
    public TimeSpan? ResponseTimeout { get; }

    /// <summary>The index of the parameter that is a cancellation token; -1 if there is none.</summary>
    public int Token { get; }

    /// <summary>Which parameters are copied.</summary>
    public bool[] Isolated { get; }

    /// <summary>Makes what a caller waits for.</summary>
    public Func<Reply> NewReply { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, static method => new GrainMethod(method));

    /// <summary>Calls the method; what it throws before it returns a task is thrown as it is.</summary>
    public object? Invoke(object target, object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    public override string ToString() => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Func<Reply> ReplyFactory(MethodInfo method)
    {
        var type = method.ReturnType;
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (method.IsGenericMethod || (generic != typeof(Task) && generic != typeof(Task<>) && generic != typeof(ValueTask) && generic != typeof(ValueTask<>)))
        {
            throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} returns {type} or is generic. The Orleans stand-in calls methods that return Task or ValueTask.");
        }

        var result = type.IsGenericType ? type.GetGenericArguments()[0] : typeof(object);
        var create = CreateReplyOf.MakeGenericMethod(result).CreateDelegate<Func<Type, Reply>>();
        return () => create(type);
    }

    private static Reply<T> CreateReply<T>(Type returned) => new Reply<T>(returned);
}
