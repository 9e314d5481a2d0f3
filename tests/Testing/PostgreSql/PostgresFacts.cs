using Xunit;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>A test that needs a database (<see cref="TestPostgres.CreateDatabaseAsync"/>).</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = TestPostgres.NoDatabases;
}

/// <inheritdoc cref="PostgresFactAttribute" />
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = TestPostgres.NoDatabases;
}

/// <summary>A test that needs a server of its own (<see cref="PostgresServer"/>), to stop it or to wear it out.</summary>
public sealed class PostgresServerFactAttribute : FactAttribute
{
    public PostgresServerFactAttribute() => Skip = TestPostgres.NoServers;
}

/// <inheritdoc cref="PostgresServerFactAttribute" />
public sealed class PostgresServerTheoryAttribute : TheoryAttribute
{
    public PostgresServerTheoryAttribute() => Skip = TestPostgres.NoServers;
}
