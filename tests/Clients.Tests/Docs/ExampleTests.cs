using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Clients.Tests.Runs;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Docs;

/// <summary>The examples of <c>docs/</c> do what they say, as they stand there.</summary>
public class ExampleTests(DocsFixture docs) : IClassFixture<DocsFixture>
{
    private const string BetweenBlocks = "@@ the next block @@";

    public static IEnumerable<object[]> Scripts => Find(
        example => example.Language == "js", (page, example) => example.Packages.Select(packages => (page, example.Name, packages)));

    public static TheoryData<string> Sessions => [.. Pages().Where(page => page.Examples.Any(example => example.Language == "sh")).Select(page => page.Name)];

    [Fact]
    public void Every_example_is_in_a_language_that_is_run_here()
    {
        var languages = Pages().SelectMany(page => page.Examples).Select(example => example.Language).Distinct();

        Assert.Equal(["js", "sh"], languages.Where(language => language != "csharp").Order(StringComparer.Ordinal));
    }

    [ClientTheory, MemberData(nameof(Scripts))]
    public async Task A_script_runs_in_node(string page, string name, string packages)
    {
        using var directory = new TemporaryDirectory();
        var example = ExampleOf(page, name);
        var file = Path.Combine(directory.Path, name);
        await File.WriteAllTextAsync(file, example.Code);

        await using var run = NodeScript.Start(NodeVersion.Node22, file, docs.Address, [("PACKAGES", packages)]);

        Check(example, await run.EndAsync());
    }

    [Theory, MemberData(nameof(Sessions))]
    public async Task The_blocks_of_a_page_are_one_session_of_a_shell(string page)
    {
        using var directory = new TemporaryDirectory();
        var blocks = Read(page).Where(example => example.Language == "sh").ToArray();
        var file = Path.Combine(directory.Path, "session.sh");
        await File.WriteAllTextAsync(file, $"cd '{directory.Path}'\n" + string.Join($"\necho '{BetweenBlocks}'\n", blocks.Select(block => block.Code)));

        var printed = (await RunAsync(["bash", "-euo", "pipefail", file], page)).Split(BetweenBlocks);

        Assert.Equal(blocks.Length, printed.Length);
        Assert.All(blocks.Zip(printed), pair => Check(pair.First, pair.Second));
    }

    private static void Check(Example example, string printed)
    {
        if (example.Output is { } expected)
        {
            Assert.True(ExpectedOutput.Matches(expected, printed), $"{example.Name} printed:\n{printed}");
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<Example> Examples)> Pages() => Directory
        .EnumerateFiles(Repository.PathOf("docs"), "*.md")
        .Order(StringComparer.Ordinal)
        .Select(file => (Path.GetFileName(file), PageReader.Read(File.ReadAllText(file))));

    private static IReadOnlyList<Example> Read(string page) => Pages().Single(each => each.Name == page).Examples;

    private static Example ExampleOf(string page, string name) => Read(page).Single(example => example.Name == name);

    private static IEnumerable<object[]> Find(
        Func<Example, bool> isWanted, Func<string, Example, IEnumerable<(string Page, string Name, string Packages)>> runsOf) =>
        [.. Pages().SelectMany(page => page.Examples.Where(isWanted).SelectMany(example => runsOf(page.Name, example)).Select(run => new object[] { run.Page, run.Name, run.Packages }))];

    private async Task<string> RunAsync(IReadOnlyList<string> command, string name)
    {
        await using var run = new ClientRun(
            ProgramProcess.StartCommand(command, [("BASE_URL", docs.Address.GetLeftPart(UriPartial.Authority))]), name);
        return await run.EndAsync();
    }
}
