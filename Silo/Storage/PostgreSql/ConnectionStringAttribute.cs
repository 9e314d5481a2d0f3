using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Checks that a text is a connection string of Npgsql that names a server. Never repeats it: it holds a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionStringAttribute : ValidationAttribute
{
    private const string Example = "for example Host=db;Database=orleanschat;Username=orleanschat;Password=…";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } text)
        {
            return new ValidationResult($"{PostgreSqlStoreOptions.ConnectionStringKey} must name the database, {Example}.");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is null
                ? new ValidationResult($"{PostgreSqlStoreOptions.ConnectionStringKey} names no Host; {Example}.")
                : ValidationResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return new ValidationResult($"{PostgreSqlStoreOptions.ConnectionStringKey}: {e.Message}");
        }
    }
}
