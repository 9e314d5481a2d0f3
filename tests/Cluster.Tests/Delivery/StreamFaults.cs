namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>What befalls a stream item on its way.</summary>
internal enum Fate
{
    Arrives,
    IsLost,
    ComesTwice,
    ComesLate,
}

/// <summary>Decides, by a fixed sequence of chance, what befalls each stream item; nothing until it is switched on.</summary>
internal sealed class StreamFaults
{
    private readonly Lock gate = new();
    private readonly Random random = new(42);
    private readonly Dictionary<Fate, int> counts = [];

    /// <summary>Whether anything goes wrong.</summary>
    public bool On { get; set; }

    /// <summary>Whether everything is lost.</summary>
    public bool LoseAll { get; set; }

    /// <summary>How many items have had each fate.</summary>
    public int this[Fate fate]
    {
        get
        {
            lock (gate)
            {
                return counts.GetValueOrDefault(fate);
            }
        }
    }

    /// <summary>The next item's fate.</summary>
    public Fate Next()
    {
        lock (gate)
        {
            var fate = LoseAll ? Fate.IsLost : !On ? Fate.Arrives : random.Next(10) switch
            {
                0 or 1 => Fate.IsLost,
                2 or 3 => Fate.ComesTwice,
                4 or 5 => Fate.ComesLate,
                _ => Fate.Arrives,
            };
            counts[fate] = counts.GetValueOrDefault(fate) + 1;
            return fate;
        }
    }
}
