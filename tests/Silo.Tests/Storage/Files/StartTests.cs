using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansChat.Journal;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class StartTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_second_store_on_a_directory_is_refused_with_the_directory_and_what_to_do()
    {
        using var first = directory.Open();

        var error = Assert.Throws<InvalidOperationException>(() => directory.Open());

        Assert.Equal(
            $"The data directory '{directory.Path}' is in use by another process. "
            + "Stop that process, or give this one a directory of its own in Storage:Path.",
            error.Message);
    }

    [Fact]
    public void The_directory_is_free_again_once_the_store_is_closed()
    {
        directory.Open().Dispose();
        directory.Open().Dispose();
    }

    [Fact]
    public async Task A_host_that_cannot_have_the_directory_does_not_start()
    {
        using var first = directory.Open();
        using var host = NewHost(("Path", directory.Path));

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_host_has_the_store_with_the_options_of_its_configuration()
    {
        using var host = NewHost(("Path", directory.Path), ("Durability", "Machine"), ("OpenConversations", "7"));
        await host.StartAsync();

        Assert.IsType<FilesConversationStore>(host.Services.GetRequiredService<IConversationStore>());
        var options = host.Services.GetRequiredService<IOptions<FilesStoreOptions>>().Value;
        Assert.Equal(Durability.Machine, options.Durability);
        Assert.Equal(7, options.OpenConversations);
    }

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new FilesStoreOptions();

        Assert.Equal("data", options.Path);
        Assert.Equal(Durability.Process, options.Durability);
        Assert.Equal(4096, options.OpenConversations);
    }

    [Theory]
    [InlineData("Path", "", "Storage:Path must name a directory.")]
    [InlineData("OpenConversations", "0", "FilesStoreOptions.OpenConversations must be between 1 and 1000000.")]
    [InlineData("Durability", "7", "Storage:Durability must be Process or Machine.")]
    public async Task Options_that_make_no_sense_stop_the_start(string name, string value, string message)
    {
        using var host = NewHost(("Path", directory.Path), (name, value));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static IHost NewHost(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"Storage:{name}"] = value;
        }

        builder.Services.AddFilesStore(builder.Configuration);
        return builder.Build();
    }
}
