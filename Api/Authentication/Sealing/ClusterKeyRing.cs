using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>
/// Keeps Data Protection's keys where all API nodes find them, in the cluster's store. Its interface is synchronous; it is asked once a
/// day, and waits for a grain then.
/// </summary>
internal sealed class ClusterKeyRing(IGrainFactory grains) : IXmlRepository
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int known;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = grains.GetGrain<ISigningKeysGrain>(0).Read().WaitAsync(Patience).GetAwaiter().GetResult();
        Volatile.Write(ref known, keys.Length);
        return [.. keys.Select(key => XElement.Parse(key.Xml))];
    }

    // Where another node has added a key meanwhile, this one is not added: Data Protection reads them all again, and uses that one.
    public void StoreElement(XElement element, string friendlyName) =>
        grains.GetGrain<ISigningKeysGrain>(0)
            .Add(new SigningKey(element.ToString(SaveOptions.DisableFormatting)), Volatile.Read(ref known))
            .WaitAsync(Patience).GetAwaiter().GetResult();
}
