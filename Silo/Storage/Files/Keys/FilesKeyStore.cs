using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrleansChat.Keys;

namespace OrleansChat.Storage.Files.Keys;

/// <summary>
/// Keeps each key in a file of its own, <c>keys/{id}.json</c>, and beside it when it was last used. The command that makes and revokes keys
/// writes here while the product runs, so whoever changes anything holds a lock for as long as that takes.
/// </summary>
internal sealed class FilesKeyStore(IOptions<FilesStoreOptions> options) : IKeyStore
{
    private const string Suffix = ".json";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    // Whatever conversations may lose with the power, a key that was revoked stays so.
    private readonly Disk disk = new(Durability.Machine);
    private readonly Disk careless = new(Durability.Process);
    private readonly string folder = new StorePaths(options.Value.Path).Keys;

    private string SigningFolder => Path.Combine(folder, "signing");

    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        Failures.RunAsync(() => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + Suffix).Any(), cancellationToken);

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => Failures.RunAsync(() => Find(id), cancellationToken);

    public Task<ImmutableArray<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken) => Failures.RunAsync(
        () =>
        {
            var keys = Directory.Exists(folder)
                ? Directory.GetFiles(folder, "*" + Suffix).Select(path => Find(Path.GetFileNameWithoutExtension(path))).OfType<ApiKey>().ToArray()
                : [];
            var start = after is null ? null : Array.Find(keys, key => key.Id == after);
            return after is not null && start is null
                ? []
                : keys.OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id, StringComparer.Ordinal)
                    .SkipWhile(key => start is not null && key != start).Skip(start is null ? 0 : 1).Take(limit).ToImmutableArray();
        },
        cancellationToken);

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken) => ChangeAsync(() => Find(key.Id) ?? Write(key), cancellationToken);

    public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(() => Find(id) is not { } key ? null : key.RevokedAt is null ? Write(key with { RevokedAt = at }) : key, cancellationToken);

    public Task<ApiKey?> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(() => Find(id) is not { } key ? null : key.ExpiresAt <= at ? key : Write(key with { ExpiresAt = at }), cancellationToken);

    public Task UsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            if (Find(id) is { } key && !(at - key.LastUsedAt < IKeyStore.UseResolution))
            {
                PrivateFile.Write(UsePathOf(id), at.ToString("O", CultureInfo.InvariantCulture), careless);
            }

            return true;
        },
        cancellationToken);

    public Task<ImmutableArray<SigningKey>> ReadSigningKeysAsync(CancellationToken cancellationToken) => Failures.RunAsync(
        () => Directory.Exists(SigningFolder)
            ? Directory.GetFiles(SigningFolder, "*.xml").Order(StringComparer.Ordinal)
                .Select(path => new SigningKey(File.ReadAllText(path))).ToImmutableArray()
            : [],
        cancellationToken);

    public Task<bool> AddSigningKeyAsync(SigningKey key, int known, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            PrivateFile.CreateFolder(SigningFolder, disk);
            if (Directory.GetFiles(SigningFolder, "*.xml").Length != known)
            {
                return false;
            }

            PrivateFile.Write(Path.Combine(SigningFolder, $"{known + 1:00000}.xml"), key.Xml, disk);
            return true;
        },
        cancellationToken);

    private string PathOf(string id) => Path.Combine(folder, id + Suffix);

    private string UsePathOf(string id) => Path.Combine(folder, id + ".used");

    private ApiKey? Find(string id)
    {
        // Ids come from callers, and name files.
        if (!KeyText.IsId(id) || PrivateFile.Read(PathOf(id)) is not { } text)
        {
            return null;
        }

        var used = DateTimeOffset.TryParse(PrivateFile.Read(UsePathOf(id)), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : (DateTimeOffset?)null;
        return Parse(text) is { } key && key.Id == id
            ? key with { LastUsedAt = used }
            : throw new InvalidDataException($"{PathOf(id)} is not what this product writes.");
    }

    private static ApiKey? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, KeyFileJson.Default.KeyFile)?.Read();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private ApiKey Write(ApiKey key)
    {
        PrivateFile.Write(PathOf(key.Id), JsonSerializer.Serialize(KeyFile.Of(key), KeyFileJson.Default.KeyFile), disk);
        return key;
    }

    private async Task<T> ChangeAsync<T>(Func<T> change, CancellationToken cancellationToken)
    {
        await Failures.RunAsync(
            () =>
            {
                PrivateFile.CreateFolder(folder, disk);
                return true;
            },
            cancellationToken);
        using var held = await FolderLock.TakeAsync(folder, LockPatience, LockPause, cancellationToken);
        return await Failures.RunAsync(change, cancellationToken);
    }
}
