using System.Runtime.CompilerServices;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Browser.Tests.Accounts;

/// <summary>A product that lets in whoever has a key.</summary>
public sealed class KeyedSite : IAsyncLifetime
{
    /// <summary>The product.</summary>
    public KeyedProduct Keyed { get; } = new();

    /// <inheritdoc cref="Sites.Site.VisitAsync"/>
    public Task VisitAsync(Func<ChatPage, Task> steps, VisitOptions? options = null, [CallerMemberName] string test = "") =>
        Visit.RunAsync(Keyed.Product.Address, (options ?? VisitOptions.Default).WithStatus(401), test, steps);

    /// <inheritdoc />
    public Task InitializeAsync() => Chromium.Unmet is null ? Keyed.InitializeAsync() : Task.CompletedTask;

    /// <inheritdoc />
    public Task DisposeAsync() => Chromium.Unmet is null ? Keyed.DisposeAsync() : Task.CompletedTask;
}
