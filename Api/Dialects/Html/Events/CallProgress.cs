namespace OrleansChat.Dialects.Html.Events;

/// <summary>A call of a tool as far as it is known.</summary>
/// <param name="index">Which of the reply's calls, from 0.</param>
internal sealed class CallProgress(int index)
{
    /// <summary>Which of the reply's calls, from 0.</summary>
    public int Index => index;

    /// <summary>The call's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The tool's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>How many UTF-16 code units of arguments there are.</summary>
    public int Length { get; set; }
}
