using System.Globalization;

namespace Orleans;

/// <summary>What a grain, or a reference to one, tells about itself.</summary>
public static class GrainExtensions
{
    /// <summary>The text that names the grain.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key;

    /// <summary>The number that names the grain.</summary>
    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        long.Parse(grain.GetGrainId().Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The name of the grain, its class included.</summary>
    /// <exception cref="ArgumentException">It is neither a grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        Grain self => self.GrainContext.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw new ArgumentException("This is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference to this grain, for others to call.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        var context = grain is Grain self ? self.GrainContext : throw new ArgumentException("This is not a grain.", nameof(grain));
        return (TGrainInterface)(object)GrainReference.Create(typeof(TGrainInterface), context.GrainId, ((StandIn.Activations.Activation)context).Silo.Calls);
    }
}
