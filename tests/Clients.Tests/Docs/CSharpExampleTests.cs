using OrleansChat.Clients.Tests.Runs;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Docs;

/// <summary>The pages' programs in C# do what they say, as they stand there.</summary>
public class CSharpExampleTests(DocsFixture docs) : IClassFixture<DocsFixture>
{
    [Fact]
    public async Task A_program_is_compiled_and_run()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/openai-dotnet.md"));
        var example = Assert.Single(PageReader.Read(page), example => example.Language == "csharp");
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, example.Name);
        await File.WriteAllTextAsync(file, example.Code);

        await using var run = new ClientRun(
            ProgramProcess.StartCommand(["dotnet", "run", file], [("BASE_URL", docs.Address.GetLeftPart(UriPartial.Authority))]), example.Name);
        var printed = await run.EndAsync();

        Assert.True(ExpectedOutput.Matches(example.Output!, printed), printed);
    }
}
