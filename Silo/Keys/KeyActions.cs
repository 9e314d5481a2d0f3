using System.Globalization;

namespace OrleansChat.Keys;

/// <summary>Does what was asked of the command <c>keys</c>.</summary>
/// <param name="store">The keys.</param>
/// <param name="clock">The time.</param>
/// <param name="output">Where results go.</param>
/// <param name="people">Where explanations go.</param>
internal sealed class KeyActions(IKeyStore store, TimeProvider clock, TextWriter output, TextWriter people)
{
    private const int Page = 100;

    // Long enough to change a setting or two, short enough to be no second key.
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(1);

    /// <summary>Does it.</summary>
    /// <returns>Whether it is done; where there is no such key it is not.</returns>
    /// <exception cref="KeysCommandException">An option is not what it may be.</exception>
    public Task<bool> RunAsync(KeysCommandLine line) => line.Verb switch
    {
        "add" => AddAsync(line.KeyName, line.Owner, line.Scopes, clock.GetUtcNow() + line.Time("expires-in")),
        "list" => ListAsync(),
        "revoke" => RevokeAsync(line.Id!),
        _ => RotateAsync(line.Id!, line.Time("overlap") ?? DefaultOverlap),
    };

    private async Task<bool> AddAsync(string name, Conversations.OwnerId owner, Scope scopes, DateTimeOffset? expiresAt)
    {
        var isFirst = !await store.AnyAsync(CancellationToken.None);
        var (text, key) = ApiKey.Make(name, owner, scopes, expiresAt, clock);
        await store.AddAsync(key, CancellationToken.None);
        await output.WriteLineAsync(text);
        await people.WriteLineAsync($"That is the key {key.Id} of {owner} ({string.Join(", ", key.Scopes.ToWords())}). It is shown this once; only its hash is stored.");
        if (isFirst)
        {
            await people.WriteLineAsync("It is the first one: a server that is running goes on as it was started, and from its next start on everybody needs a key.");
        }

        return true;
    }

    private async Task<bool> ListAsync()
    {
        string? after = null;
        while (true)
        {
            var keys = await store.ListAsync(Page, after, CancellationToken.None);
            if (after is null)
            {
                await people.WriteLineAsync(keys.IsEmpty ? "There are no keys." : Row("id", "owner", "scopes", "made", "last used", "state", "name"));
            }

            foreach (var key in keys)
            {
                await output.WriteLineAsync(
                    Row(key.Id, key.Owner.Value, string.Join(',', key.Scopes.ToWords()), Time(key.CreatedAt), Time(key.LastUsedAt), StateOf(key), key.Name));
            }

            if (keys.Length < Page)
            {
                return true;
            }

            after = keys[^1].Id;
        }
    }

    private async Task<bool> RevokeAsync(string id)
    {
        if (await store.RevokeAsync(id, clock.GetUtcNow(), CancellationToken.None) is not { } key)
        {
            return await NoneAsync(id);
        }

        await people.WriteLineAsync($"The key {key.Id} of {key.Owner} is revoked; servers that run notice within seconds (Authentication:Recheck).");
        return true;
    }

    private async Task<bool> RotateAsync(string id, TimeSpan overlap)
    {
        if (await store.FindAsync(id, CancellationToken.None) is not { } old)
        {
            return await NoneAsync(id);
        }

        var now = clock.GetUtcNow();
        if (!old.IsGood(now))
        {
            throw new KeysCommandException($"The key {id} does not work any more; make a new one with keys add.");
        }

        // As long as the old one was to last, if it was to end.
        var (text, key) = ApiKey.Make(old.Name, old.Owner, old.Scopes, old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null, clock);
        await store.AddAsync(key, CancellationToken.None);
        var ended = await store.ExpireAsync(id, now + overlap, CancellationToken.None);
        await output.WriteLineAsync(text);
        await people.WriteLineAsync($"That is the key {key.Id} in the place of {id}, which works until {Time(ended?.ExpiresAt)}. It is shown this once.");
        return true;
    }

    private async Task<bool> NoneAsync(string id)
    {
        await people.WriteLineAsync($"There is no key '{id}'; keys list has them.");
        return false;
    }

    private string StateOf(ApiKey key) =>
        key.RevokedAt is { } revoked ? $"revoked {Time(revoked)}"
        : key.ExpiresAt is not { } end ? "good"
        : end <= clock.GetUtcNow() ? $"expired {Time(end)}" : $"until {Time(end)}";

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never";

    private static string Row(string id, string owner, string scopes, string made, string used, string state, string name) =>
        $"{id,-12}  {owner,-20}  {scopes,-16}  {made,-17}  {used,-17}  {state,-25}  {name}".TrimEnd();
}
