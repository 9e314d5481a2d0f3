namespace OrleansChat.Benchmarks.Store;

/// <summary>What to measure of the stores.</summary>
internal sealed record StoreOptions(string Name, string[] Stores, int[] Messages, int Appends, int Conversations)
{
    public static StoreOptions From(Arguments arguments)
    {
        var options = new StoreOptions(
            arguments.Take("name", "store"),
            arguments.TakeList<string>("stores") ?? ["files", "postgresql"],
            arguments.TakeList<int>("messages") ?? [10, 10_000],
            arguments.Take("appends", 2_000),
            arguments.Take("conversations", 6));
        arguments.ThrowIfAnyLeft();
        return options;
    }
}
