using System.Xml.Linq;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>The Containerfile fits the sources.</summary>
public class ContainerfileTests
{
    private readonly Containerfile file = new();

    [Fact]
    public void Every_project_that_the_programs_consist_of_is_there_for_the_restore_and_for_the_build()
    {
        var projects = Closure("Api/Api.csproj").Order(StringComparer.Ordinal).ToList();
        string[] shared = ["global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

        Assert.Equal(projects.Concat(shared).Order(StringComparer.Ordinal), file.CopiedForRestore().Order(StringComparer.Ordinal));
        Assert.Equal(
            projects.Select(project => Path.GetDirectoryName(project) + "/").Append(".editorconfig").Order(StringComparer.Ordinal),
            file.CopiedForBuild().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_builder_is_sent_what_is_copied_and_nothing_else()
    {
        var lines = Repository.Read(".dockerignore").Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.Equal("*", lines[0]);
        Assert.Equal(["**/bin", "**/obj"], lines[^2..]);
        var copied = file.CopiedForRestore().Concat(file.CopiedForBuild()).Select(path => path.Split('/')[0]).Distinct();
        Assert.Equal(copied.Order(StringComparer.Ordinal), lines[1..^2].Select(line => line.TrimStart('!')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_copied_exists()
    {
        Assert.All(file.CopiedForRestore().Concat(file.CopiedForBuild()), path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void Nothing_runs_as_root()
    {
        Assert.Equal([["$APP_UID"]], file.All("USER"));
        Assert.Equal(
            ["base AS api", "base AS silo", "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS base"],
            file.All("FROM").Where(words => words[0] != "--platform=$BUILDPLATFORM").Select(words => string.Join(' ', words)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_API_listens_where_others_can_come_and_has_them_sign_in() =>
        Assert.Contains(file.All("ENV"), words => words.Contains("ASPNETCORE_HTTP_PORTS=8080") && words.Contains($"{KnownSettings.SignIn}=true"));

    private static HashSet<string> Closure(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { project };
        var references = XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value);
        foreach (var reference in references)
        {
            var path = Path.GetFullPath(Path.Combine(Repository.PathOf(project), "..", reference));
            found.UnionWith(Closure(Path.GetRelativePath(Repository.Root, path)));
        }

        return found;
    }
}
