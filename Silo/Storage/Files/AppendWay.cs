namespace OrleansChat.Storage.Files;

/// <summary>Where an append goes.</summary>
internal enum AppendWay
{
    /// <summary>Nowhere: it is fenced.</summary>
    None,

    /// <summary>To the main file.</summary>
    Main,

    /// <summary>To the main file, after the log was told that a reply starts.</summary>
    MarkedMain,

    /// <summary>To the log.</summary>
    Log,
}
