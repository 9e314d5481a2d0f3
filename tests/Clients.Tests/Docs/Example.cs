namespace OrleansChat.Clients.Tests.Docs;

/// <summary>A fenced block of a page that is marked as a script.</summary>
/// <param name="Language">The first word after the fence: <c>js</c>, <c>sh</c> or <c>csharp</c>.</param>
/// <param name="Name">The file that it is to be; empty for <c>sh</c>, of which a page's blocks are one session.</param>
/// <param name="Packages">For each run, which packages it gets; one run without any where the page names none.</param>
/// <param name="Code">What stands there.</param>
internal sealed record Example(string Language, string Name, IReadOnlyList<string> Packages, string Code)
{
    /// <summary>What it has to print, as the block marked as output after it says; null where there is none.</summary>
    public string? Output { get; init; }
}
