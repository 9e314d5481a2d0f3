using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.StandIn.Copying;

/// <summary>Copies the framework's collections and tuples, element by element.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1859", Justification = "A delegate binds methods that return object.")]
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, string> Methods = new()
    {
        [typeof(List<>)] = nameof(CopyList),
        [typeof(HashSet<>)] = nameof(CopySet),
        [typeof(Dictionary<,>)] = nameof(CopyDictionary),
        [typeof(ImmutableArray<>)] = nameof(CopyImmutableArray),
        [typeof(ImmutableList<>)] = nameof(CopyImmutableList),
        [typeof(ImmutableDictionary<,>)] = nameof(CopyImmutableDictionary),
        [typeof(KeyValuePair<,>)] = nameof(CopyPair),
    };

    public static TypeCopier? For(Type type)
    {
        if (type.IsArray)
        {
            return type.GetArrayRank() == 1 ? Bind(nameof(CopyArray), type.GetElementType()!) : null;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        if (Methods.TryGetValue(type.GetGenericTypeDefinition(), out var method))
        {
            return Bind(method, type.GetGenericArguments());
        }

        // A tuple, or a nullable value, is its elements.
        return typeof(ITuple).IsAssignableFrom(type) ? MemberCopier.ForAllFields(type) : null;
    }

    private static TypeCopier Bind(string method, params Type[] elements) =>
        typeof(CollectionCopiers).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(elements)
            .CreateDelegate<TypeCopier>();

    private static T[] CopyArray<T>(object value, CopyContext context)
    {
        var source = (T[])value;
        var copy = new T[source.Length];
        context.Add(value, copy);
        if (typeof(T).IsPrimitive)
        {
            source.CopyTo(copy, 0);
            return copy;
        }

        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Element(source[i], context);
        }

        return copy;
    }

    private static List<T> CopyList<T>(object value, CopyContext context)
    {
        var source = (List<T>)value;
        var copy = new List<T>(source.Count);
        context.Add(value, copy);
        foreach (var element in source)
        {
            copy.Add(Element(element, context));
        }

        return copy;
    }

    private static HashSet<T> CopySet<T>(object value, CopyContext context)
    {
        var source = (HashSet<T>)value;
        var copy = new HashSet<T>(source.Count, source.Comparer);
        context.Add(value, copy);
        copy.UnionWith(source.Select(element => Element(element, context)));
        return copy;
    }

    private static Dictionary<TKey, TValue> CopyDictionary<TKey, TValue>(object value, CopyContext context)
        where TKey : notnull
    {
        var source = (Dictionary<TKey, TValue>)value;
        var copy = new Dictionary<TKey, TValue>(source.Count, source.Comparer);
        context.Add(value, copy);
        foreach (var (key, element) in source)
        {
            copy.Add(Element(key, context), Element(element, context));
        }

        return copy;
    }

    private static object CopyImmutableArray<T>(object value, CopyContext context)
    {
        var source = (ImmutableArray<T>)value;
        return source.IsDefault ? source : source.Select(element => Element(element, context)).ToImmutableArray();
    }

    private static ImmutableList<T> CopyImmutableList<T>(object value, CopyContext context) =>
        [.. ((ImmutableList<T>)value).Select(element => Element(element, context))];

    private static ImmutableDictionary<TKey, TValue> CopyImmutableDictionary<TKey, TValue>(object value, CopyContext context)
        where TKey : notnull
    {
        var source = (ImmutableDictionary<TKey, TValue>)value;
        return source.ToImmutableDictionary(
            pair => Element(pair.Key, context), pair => Element(pair.Value, context), source.KeyComparer, source.ValueComparer);
    }

    private static object CopyPair<TKey, TValue>(object value, CopyContext context)
    {
        var (key, element) = (KeyValuePair<TKey, TValue>)value;
        return KeyValuePair.Create(Element(key, context), Element(element, context));
    }

    private static T Element<T>(T element, CopyContext context) => (T)DeepCopier.CopyObject(element, context)!;
}
