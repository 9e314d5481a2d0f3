using System.Collections.Immutable;
using System.Net;

namespace Orleans.StandIn.Copying;

/// <summary>Which types' values nobody can change, or has promised not to.</summary>
internal static class KnownTypes
{
    private static readonly HashSet<Type> Immutable =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Int128), typeof(UInt128), typeof(Uri), typeof(Version), typeof(IPAddress),
        typeof(CancellationToken), typeof(object), typeof(GrainId), typeof(StreamId),
    ];

    private static readonly HashSet<Type> ImmutableOfTheirArguments =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>),
    ];

    public static bool IsImmutable(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || Immutable.Contains(type)
        || type.IsDefined(typeof(ImmutableAttribute), inherit: false)
        || typeof(IAddressable).IsAssignableFrom(type)
        || typeof(Type).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type)
        || (type.IsGenericType
            && ImmutableOfTheirArguments.Contains(type.GetGenericTypeDefinition())
            && type.GetGenericArguments().All(argument => (argument.IsSealed || argument.IsValueType) && IsImmutable(argument)));
}
