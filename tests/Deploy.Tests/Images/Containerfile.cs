using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>How images are built.</summary>
internal sealed class Containerfile
{
    private readonly List<string[]> instructions;

    /// <summary>Reads it.</summary>
    public Containerfile()
    {
        var lines = Repository.Read("deploy/Containerfile").Replace("\\\n", "", StringComparison.Ordinal).Split('\n');
        instructions = [.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>The instructions of a kind, in order, each as what follows its name.</summary>
    public IEnumerable<string[]> All(string name) => instructions.Where(words => words[0] == name).Select(words => words[1..]);

    /// <summary>What is copied from the repository before the restore.</summary>
    public IEnumerable<string> CopiedForRestore() => Copied(instructions.TakeWhile(words => !IsRestore(words)));

    /// <summary>What is copied from the repository after the restore.</summary>
    public IEnumerable<string> CopiedForBuild() => Copied(instructions.SkipWhile(words => !IsRestore(words)));

    /// <summary>
    /// The arguments with which a project is published, without those that say from where, whereto and for what processor. Without the
    /// compiler, which <c>./test</c> could not get then, nothing is compiled ahead.
    /// </summary>
    public IReadOnlyList<string> PublishArguments(string project)
    {
        var words = All("RUN").Single(words => words.Contains("publish"));
        var from = words.AsSpan().IndexOf(["dotnet", "publish", project]);
        var arguments = words[(from + 3)..].TakeWhile(word => word != "&&").ToList();
        arguments.RemoveRange(arguments.IndexOf("-o"), 2);
        arguments.RemoveRange(arguments.IndexOf("-a"), 2);
        arguments.RemoveAll(argument => argument == "--no-restore" || argument.Contains("$REVISION", StringComparison.Ordinal)
            || (argument == "-p:CompileAhead=true" && ProgramProcess.CompiledAhead is null));
        return arguments;
    }

    private static bool IsRestore(string[] words) => words[0] == "RUN" && words.Contains("restore");

    private static IEnumerable<string> Copied(IEnumerable<string[]> some) => some
        .Where(words => words[0] == "COPY" && !words[1].StartsWith("--from", StringComparison.Ordinal))
        .SelectMany(words => words[1..^1]);
}
