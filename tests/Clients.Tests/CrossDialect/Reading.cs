namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>A reply being read in some dialect; to dispose of it is to be cut off.</summary>
public abstract class Reading : IDisposable
{
    /// <summary>The text read so far, by this reading alone.</summary>
    public string Text { get; protected set; } = "";

    /// <summary>Reads on; false at the end.</summary>
    public abstract Task<bool> NextAsync();

    /// <summary>Where it is.</summary>
    public abstract Task<Place> PlaceAsync();

    /// <summary>Reads until the text ends with these words.</summary>
    public async Task UntilAsync(string end)
    {
        while (!Text.EndsWith(end, StringComparison.Ordinal))
        {
            Assert.True(await NextAsync(), $"'{Text}' ended before '{end}'.");
        }
    }

    /// <summary>Reads to the end, and returns the text.</summary>
    public async Task<string> ToEndAsync()
    {
        while (await NextAsync())
        {
        }

        return Text;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cuts it off.</summary>
    protected abstract void Dispose(bool disposing);
}
