using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.StandIn.Activations;

/// <summary>The grain classes of all assemblies that this process uses.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<string, GrainClass> byName = [];
    private readonly ConcurrentDictionary<Type, GrainClass> byInterface = [];

    public GrainClasses()
    {
        foreach (var type in Assemblies().SelectMany(assembly => assembly.GetTypes()).Where(IsGrainClass))
        {
            var found = new GrainClass(type);
            if (!byName.TryAdd(found.Name, found))
            {
                throw new InvalidOperationException($"{type} and {byName[found.Name].Type} would both be the grains named '{found.Name}'.");
            }
        }
    }

    public GrainClass Of(GrainId id) => byName[id.Type];

    public GrainClass Implementing(Type grainInterface) => byInterface.GetOrAdd(grainInterface, Find);

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(Grain).IsAssignableFrom(type);

    // A host's grains may be in an assembly that nothing has loaded yet.
    private static HashSet<Assembly> Assemblies()
    {
        var found = new HashSet<Assembly>();
        var pending = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (pending.TryPop(out var assembly))
        {
            if (IsFramework(assembly.GetName()) || !found.Add(assembly))
            {
                continue;
            }

            foreach (var name in assembly.GetReferencedAssemblies().Where(name => !IsFramework(name)))
            {
                if (TryLoad(name) is { } referenced)
                {
                    pending.Push(referenced);
                }
            }
        }

        found.RemoveWhere(assembly => assembly.GetReferencedAssemblies().All(name => name.Name != typeof(Grain).Assembly.GetName().Name));
        return found;
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name!.StartsWith("System", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            // A reference that is not there is one that nothing here needs.
            return null;
        }
    }

    private GrainClass Find(Type grainInterface)
    {
        var found = byName.Values.Where(grainClass => grainInterface.IsAssignableFrom(grainClass.Type)).ToArray();
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}", nameof(grainInterface)),
            _ => throw new ArgumentException($"More than one class implements {grainInterface}: {string.Join(", ", found.Select(grainClass => grainClass.Type))}", nameof(grainInterface)),
        };
    }
}
