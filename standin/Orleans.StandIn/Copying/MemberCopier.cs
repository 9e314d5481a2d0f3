using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.StandIn.Copying;

/// <summary>Copies the members of a type that cross calls; the others are left as the type's constructor leaves them.</summary>
internal static class MemberCopier
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TypeCopier For(Type type) => For(type, [.. Lineage(type).SelectMany(MarkedFields)]);

    /// <summary>For types of the framework that hold nothing but their elements.</summary>
    public static TypeCopier ForAllFields(Type type) => For(type, type.GetFields(Declared));

    private static TypeCopier For(Type type, FieldInfo[] fields)
    {
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        return (value, context) =>
        {
            var copy = constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : constructor.Invoke(null);
            if (!type.IsValueType)
            {
                context.Add(value, copy);
            }

            foreach (var field in fields)
            {
                field.SetValue(copy, DeepCopier.CopyObject(field.GetValue(value), context));
            }

            return copy;
        };
    }

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (var current = type; current is not null && current != typeof(object) && current != typeof(ValueType); current = current.BaseType)
        {
            yield return current;
        }
    }

    // A field counts when it, or the property that it backs, has a number; of a record, the parameters need none.
    private static IEnumerable<FieldInfo> MarkedFields(Type type)
    {
        var numbered = type.GetProperties(Declared).Where(property => property.IsDefined(typeof(IdAttribute))).Select(property => property.Name).ToHashSet();
        if (type.GetMethod("<Clone>$", Declared) is not null || type.GetMethod("PrintMembers", Declared) is not null)
        {
            var parameters = type.GetConstructors(Declared).Select(constructor => constructor.GetParameters()).MaxBy(parameters => parameters.Length) ?? [];
            numbered.UnionWith(parameters.Select(parameter => parameter.Name!));
        }

        return type.GetFields(Declared).Where(field => field.IsDefined(typeof(IdAttribute)) || numbered.Contains(BackedProperty(field)));
    }

    private static string BackedProperty(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : string.Empty;
}
