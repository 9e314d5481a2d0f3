
namespace Orleans
{
    /// <summary>The base of all grain interfaces.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain that is named by text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain that is named by a number.</summary>
    public interface IGrainWithIntegerKey : IGrain;
}

namespace Orleans.Runtime
{
    /// <summary>Anything that can be called.</summary>
    public interface IAddressable;
}
