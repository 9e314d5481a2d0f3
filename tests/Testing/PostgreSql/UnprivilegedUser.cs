using System.Globalization;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>Whom PostgreSQL runs as: it refuses to run as root, so root lends it another user.</summary>
internal sealed class UnprivilegedUser
{
    private readonly int user;
    private readonly int group;

    private UnprivilegedUser(int user, int group)
    {
        this.user = user;
        this.group = group;
    }

    /// <summary>The user that root lends; null where there is none, and where this process is not root's.</summary>
    public static UnprivilegedUser? Lent { get; } = Environment.IsPrivilegedProcess ? Find() : null;

    /// <summary>Whether PostgreSQL can be run by this process.</summary>
    public static bool IsPossible => !Environment.IsPrivilegedProcess || Lent is not null;

    /// <summary>The command line that runs another as whom it has to.</summary>
    public static IEnumerable<string> Prefix => Lent is { } lent
        ? ["setpriv", $"--reuid={lent.user}", $"--regid={lent.group}", "--clear-groups", "--"]
        : [];

    /// <summary>Gives a directory, with all that is in it, to whom PostgreSQL runs as.</summary>
    public static async Task GiveAsync(string path)
    {
        if (Lent is { } lent)
        {
            await Command.RunAsync(["chown", "-R", $"{lent.user}:{lent.group}", path]);
        }
    }

    private static UnprivilegedUser? Find()
    {
        foreach (var name in new[] { "postgres", "nobody" })
        {
            if (Command.TryRead(["id", "-u", name], out var user)
                && Command.TryRead(["id", "-g", name], out var group)
                && Command.TryRead(["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--", "true"], out _))
            {
                return new UnprivilegedUser(Number(user), Number(group));
            }
        }

        return null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
