using OrleansChat.Testing.Npm;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>A test in a browser; skipped, with the reason, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Unmet;
}

/// <inheritdoc cref="BrowserFactAttribute" />
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Unmet;
}

/// <summary>A test in a browser that also needs a package of npm.</summary>
public sealed class BrowserAndPackagesFactAttribute : FactAttribute
{
    public BrowserAndPackagesFactAttribute() => Skip = Chromium.Unmet ?? ClientPackages.Unmet;
}

/// <inheritdoc cref="BrowserAndPackagesFactAttribute" />
public sealed class BrowserAndPackagesTheoryAttribute : TheoryAttribute
{
    public BrowserAndPackagesTheoryAttribute() => Skip = Chromium.Unmet ?? ClientPackages.Unmet;
}

/// <summary>A test in a browser that also needs a database.</summary>
public sealed class BrowserAndPostgresFactAttribute : FactAttribute
{
    public BrowserAndPostgresFactAttribute() => Skip = Chromium.Unmet ?? TestPostgres.NoDatabases;
}
