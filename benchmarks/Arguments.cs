namespace OrleansChat.Benchmarks;

/// <summary>
/// <c>--name value</c> pairs. Each role takes what it knows and then calls <see cref="ThrowIfAnyLeft"/>, so that a misspelt
/// option stops the run instead of measuring something else.
/// </summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = [];

    public Arguments(IEnumerable<string> args)
    {
        foreach (var pair in args.Chunk(2))
        {
            if (pair is not [['-', '-', ..] name, var value])
            {
                throw new UsageException($"Expected --name value, not '{string.Join(' ', pair)}'.");
            }

            values[name[2..]] = value;
        }
    }

    public string Take(string name, string fallback) => values.Remove(name, out var value) ? value : fallback;

    public string Require(string name) =>
        values.Remove(name, out var value) ? value : throw new UsageException($"--{name} is missing.");

    public T Take<T>(string name, T fallback)
        where T : IParsable<T> => values.Remove(name, out var text) ? Parse<T>(name, text) : fallback;

    public T? TakeOptional<T>(string name)
        where T : struct, IParsable<T> => values.Remove(name, out var text) ? Parse<T>(name, text) : null;

    public T[]? TakeList<T>(string name)
        where T : IParsable<T> => values.Remove(name, out var text)
            ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => Parse<T>(name, item))]
            : null;

    public void ThrowIfAnyLeft()
    {
        if (values.Count > 0)
        {
            throw new UsageException($"Unknown option: {string.Join(", ", values.Keys.Select(name => "--" + name))}.");
        }
    }

    private static T Parse<T>(string name, string text)
        where T : IParsable<T> => T.TryParse(text, null, out var value)
            ? value
            : throw new UsageException($"--{name}: '{text}' is not a {typeof(T).Name}.");
}
