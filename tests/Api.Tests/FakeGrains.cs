using System.Reflection;

namespace OrleansChat.Api.Tests;

/// <summary>Grains that a test has made, one of each kind.</summary>
public class FakeGrains : DispatchProxy
{
    private Func<Type, object> find = null!;

    /// <summary>Where there is only one grain.</summary>
    /// <param name="grain">The grain, whatever it is asked as.</param>
    public static IGrainFactory Of(object grain) => Of(_ => grain);

    /// <summary>Where there are several.</summary>
    /// <param name="find">Finds a grain by its interface.</param>
    public static IGrainFactory Of(Func<Type, object> find)
    {
        var grains = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)grains).find = find;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => find(targetMethod!.ReturnType);
}
