using System.Collections.Concurrent;
using Orleans.StandIn.Calls;

namespace Orleans.StandIn.Copying;

/// <summary>
/// Copies what crosses a call, so that neither side sees what the other does to it. What is marked immutable, or cannot be
/// changed, is handed over as it is.
/// </summary>
internal static class DeepCopier
{
    private static readonly ConcurrentDictionary<Type, TypeCopier?> Copiers = [];

    /// <summary>Copies a value. Values that occur twice in it are one value in the copy too.</summary>
    /// <exception cref="NotSupportedException">It holds a type that is not marked as one that crosses calls.</exception>
    public static T Copy<T>(T value) => (T)CopyObject(value, new CopyContext())!;

    /// <summary>Copies a call's arguments, but for those that are marked immutable.</summary>
    public static object?[] CopyArguments(GrainMethod method, object?[] arguments)
    {
        var context = new CopyContext();
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            copies[i] = method.Isolated[i] ? CopyObject(arguments[i], context) : arguments[i];
        }

        return copies;
    }

    internal static object? CopyObject(object? value, CopyContext context)
    {
        if (value is null || CopierOf(value.GetType()) is not { } copier)
        {
            return value;
        }

        if (context.TryGet(value, out var copy))
        {
            return copy;
        }

        return copier(value, context);
    }

    /// <summary>Copies values of a type; null for a type whose values need no copy.</summary>
    internal static TypeCopier? CopierOf(Type type)
    {
        // Not GetOrAdd with recursion in mind: a type that contains itself asks for its own copier only when a value is copied.
        if (!Copiers.TryGetValue(type, out var copier))
        {
            copier = KnownTypes.IsImmutable(type) ? null : CollectionCopiers.For(type) ?? ForMarked(type);
            Copiers[type] = copier;
        }

        return copier;
    }

    private static TypeCopier ForMarked(Type type) =>
        type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
            ? MemberCopier.For(type)
            : throw new NotSupportedException($"Could not find a copier for type {type}. Types that cross calls are marked with [GenerateSerializer].");
}

/// <summary>Copies a value that is not null.</summary>
internal delegate object TypeCopier(object value, CopyContext context);

/// <summary>What one copy has copied so far.</summary>
internal sealed class CopyContext
{
    private Dictionary<object, object>? copies;

    public bool TryGet(object value, out object? copy)
    {
        copy = null;
        return copies is not null && copies.TryGetValue(value, out copy);
    }

    public void Add(object value, object copy) =>
        (copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[value] = copy;
}
