using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Keys;
using OrleansChat.Testing.Keys;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class FilesKeyStoreTests : KeyStoreContract
{
    private readonly TestDirectory directory = new();

    protected override IKeyStore Open() => new FilesKeyStore(Options.Create(new FilesStoreOptions { Path = directory.Path }));

    [Fact]
    public async Task Nobody_else_on_the_machine_can_read_what_is_kept()
    {
        await Store.AddAsync(ApiKey.Make("x", OwnerId.Local, Scope.Write, null, TimeProvider.System).Key, default);
        await Store.AddSigningKeyAsync(new SigningKey("<key/>"), 0, default);

        var folders = Directory.GetDirectories(directory.Paths.Keys, "*", SearchOption.AllDirectories).Append(directory.Paths.Keys);
        var files = Directory.GetFiles(directory.Paths.Keys, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock").ToArray();

        Assert.Equal(2, files.Length);
        Assert.All(folders, folder => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(folder)));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
    }

    [Fact]
    public async Task The_key_itself_is_in_no_file()
    {
        var (text, key) = ApiKey.Make("x", OwnerId.Local, Scope.Write, null, TimeProvider.System);
        await Store.AddAsync(key, default);

        Assert.All(Directory.GetFiles(directory.Paths.Keys), file => Assert.DoesNotContain(text[^43..], File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"id":"0123456789ab","name":"x","owner":"../x","scopes":["read"],"sha256":"00","created_at":"2026-11-21T00:00:00Z"}""")]
    public async Task A_file_that_is_not_a_keys_is_an_error_that_names_it(string text)
    {
        Directory.CreateDirectory(directory.Paths.Keys);
        var path = Path.Combine(directory.Paths.Keys, "0123456789ab.json");
        await File.WriteAllTextAsync(path, text);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.FindAsync("0123456789ab", default));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    public override Task DisposeAsync()
    {
        directory.Dispose();
        return Task.CompletedTask;
    }
}
