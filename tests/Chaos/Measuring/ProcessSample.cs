namespace OrleansChat.Chaos.Measuring;

/// <summary>What a process held at a moment.</summary>
/// <param name="Name">Which process, through all its runs.</param>
/// <param name="Id">Which run.</param>
/// <param name="At">Since the beginning of the measurement.</param>
/// <param name="Age">Since the run began to be watched.</param>
/// <param name="ResidentBytes">Its memory.</param>
/// <param name="Files">Its open descriptors, sockets included.</param>
/// <param name="Sockets">Its sockets.</param>
internal sealed record ProcessSample(string Name, int Id, TimeSpan At, TimeSpan Age, long ResidentBytes, int Files, int Sockets)
{
    /// <summary>Reads it from <c>/proc</c>; null if the process has gone.</summary>
    public static ProcessSample? Read(string name, int id, TimeSpan at, TimeSpan age)
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{id}/statm").Split(' ')[1];
            var files = Directory.GetFiles($"/proc/{id}/fd");
            return new ProcessSample(name, id, at, age, long.Parse(pages) * Environment.SystemPageSize, files.Length, files.Count(IsSocket));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return false;
        }
    }
}
