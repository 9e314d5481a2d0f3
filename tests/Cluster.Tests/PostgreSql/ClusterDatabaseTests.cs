using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Npgsql;
using OrleansChat.Hosting;

namespace OrleansChat.Cluster.Tests.PostgreSql;

public class ClusterDatabaseTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_connection_string_the_key_is_named(string? connectionString)
    {
        var error = Assert.Throws<ValidationException>(() => Read(connectionString));
        Assert.StartsWith("Cluster:Mode is PostgreSQL, which needs ConnectionStrings:PostgreSQL, such as Host=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_one_is_named_but_not_shown()
    {
        var error = Assert.Throws<ValidationException>(() => Read("Host=db;Password=secret;Prot=5432"));
        Assert.StartsWith("ConnectionStrings:PostgreSQL is not a connection string of Npgsql: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Membership_has_a_small_pool_of_its_own_and_little_patience()
    {
        var read = new NpgsqlConnectionStringBuilder(Read("Host=db;Port=5433;Username=chat;Password=secret;Maximum Pool Size=200;Command Timeout=300"));
        Assert.Equal(("db", 5433, "chat", "secret"), (read.Host, read.Port, read.Username, read.Password));
        Assert.Equal((4, 5, 5), (read.MaxPoolSize, read.Timeout, read.CommandTimeout));
    }

    private static string Read(string? connectionString) =>
        ClusterDatabase.From(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:PostgreSQL", connectionString)])
            .Build());
}
