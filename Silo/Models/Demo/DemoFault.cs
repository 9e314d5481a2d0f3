namespace OrleansChat.Models.Demo;

/// <summary>How a reply of the demo model goes wrong, when a message asks for it.</summary>
internal enum DemoFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The model falls silent for ever.</summary>
    Stall,

    /// <summary>The model fails with <see cref="ModelErrors.Error"/>.</summary>
    Error,

    /// <summary>The stream ends without an end signal.</summary>
    Truncate,
}
