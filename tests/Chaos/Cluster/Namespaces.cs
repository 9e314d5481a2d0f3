using System.Net;
using System.Security.Cryptography;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Cluster;

/// <summary>
/// Every process in a network namespace of its own, on one bridge. The database, and whoever breaks things, stay outside, at the
/// bridge's own address. Needs root and iproute2.
/// </summary>
internal sealed class Namespaces : IPlaces
{
    // Nobody has it: what is sent there goes nowhere, and no error comes back.
    private const string NobodysAddress = "02:00:00:00:00:01";

    private readonly string prefix = $"oc{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
    private readonly byte network = (byte)RandomNumberGenerator.GetInt32(1, 255);
    private readonly List<Place> places = [];

    private Namespaces()
    {
    }

    /// <summary>Why there can be none here; null as long as nothing is known to be in the way.</summary>
    public static string? Obstacle { get; private set; } =
        Environment.IsPrivilegedProcess ? null : "Network namespaces need root: run it again with sudo.";

    public IPAddress ServerAddress => Address(1);

    private string Bridge => $"{prefix}br";

    /// <summary>Makes the bridge; null where that is not possible, and then <see cref="Obstacle"/> says why.</summary>
    public static async Task<Namespaces?> TryCreateAsync()
    {
        if (Obstacle is not null)
        {
            return null;
        }

        var made = new Namespaces();
        try
        {
            await Ip.RunAsync($"link add {made.Bridge} type bridge");
            await Ip.RunAsync($"addr add {made.ServerAddress}/24 dev {made.Bridge}");
            await Ip.RunAsync($"link set {made.Bridge} up");

            // The first one tells whether there can be any.
            await Ip.RunAsync($"netns add {made.Name(0)}");
            return made;
        }
        catch (IpException e)
        {
            Obstacle = $"No network namespaces here (they need iproute2, and a kernel with bridges and veth): {e.Message}";
            await made.DisposeAsync();
            return null;
        }
    }

    public async Task<Place> NextAsync()
    {
        var number = places.Count + 1;
        var name = Name(number);
        var (outside, address) = ($"{prefix}v{number}", Address(number + 1));
        await Ip.RunAsync($"netns add {name}");
        await Ip.RunAsync($"link add {outside} type veth peer name eth0 netns {name}");
        await Ip.RunAsync($"link set {outside} master {Bridge} up");
        await Ip.RunAsync($"-n {name} addr add {address}/24 dev eth0");
        await Ip.RunAsync($"-n {name} link set eth0 up");
        await Ip.RunAsync($"-n {name} link set lo up");
        var place = new Place(address, ["ip", "netns", "exec", name]);
        places.Add(place);
        return place;
    }

    /// <summary>
    /// Cuts a silo off from every other process: what either side sends to the other vanishes, on connections that exist too, and
    /// neither is told.
    /// </summary>
    /// <param name="silo">Which.</param>
    /// <param name="fromDatabase">Whether the database is cut off too.</param>
    public Task CutAsync(SiloProcess silo, bool fromDatabase) => ChangeAsync(
        silo, fromDatabase, (address, device) => $"neigh replace {address} lladdr {NobodysAddress} nud permanent dev {device}");

    /// <summary>Mends what <see cref="CutAsync"/> has cut.</summary>
    public Task HealAsync(SiloProcess silo, bool fromDatabase) => ChangeAsync(
        silo, fromDatabase, (address, device) => $"neigh del {address} dev {device}");

    public async ValueTask DisposeAsync()
    {
        for (var number = 0; number <= places.Count; number++)
        {
            await Ip.TryAsync($"netns del {Name(number)}");
        }

        await Ip.TryAsync($"link del {Bridge}");
    }

    private async Task ChangeAsync(SiloProcess silo, bool withDatabase, Func<IPAddress, string, string> change)
    {
        var cut = places.FindIndex(place => place.Address.Equals(silo.Endpoint.Address));
        for (var other = 0; other < places.Count; other++)
        {
            if (other != cut)
            {
                await Ip.RunAsync($"-n {Name(cut + 1)} {change(places[other].Address, "eth0")}");
                await Ip.RunAsync($"-n {Name(other + 1)} {change(places[cut].Address, "eth0")}");
            }
        }

        if (withDatabase)
        {
            await Ip.RunAsync($"-n {Name(cut + 1)} {change(ServerAddress, "eth0")}");
            await Ip.RunAsync(change(places[cut].Address, Bridge));
        }
    }

    private string Name(int number) => $"{prefix}n{number}";

    private IPAddress Address(int host) => new([10, 213, network, (byte)host]);
}
