using OrleansChat.Testing.Suites;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>Says that a class of tests needs a database (<see cref="TestPostgres.CreateDatabaseAsync"/>).</summary>
public sealed class NeedsPostgresAttribute : RequirementAttribute
{
    /// <inheritdoc />
    public override string? Unmet => TestPostgres.NoDatabases;
}
