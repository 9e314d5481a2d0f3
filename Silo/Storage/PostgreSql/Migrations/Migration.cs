using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Storage.PostgreSql.Migrations;

/// <summary>A step from one version of the database's schema to the next. Once released, its text never changes.</summary>
/// <param name="Number">Its place in the order, and its identity.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>The SHA-256 of its text, in hexadecimal digits.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The migrations of this program, in order: its resources <c>Migrations/NNN-name.sql</c>.</summary>
    public static IReadOnlyList<Migration> All { get; } =
        [.. ReadAll(typeof(Migration).Assembly).OrderBy(migration => migration.Number)];

    /// <inheritdoc />
    public override string ToString() => $"{Number:000}-{Name}";

    private static IEnumerable<Migration> ReadAll(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource);

            // A checkout may end its lines as Windows does, and that changes nothing.
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            yield return new Migration(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name[4..], sql);
        }
    }
}
