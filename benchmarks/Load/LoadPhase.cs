namespace OrleansChat.Benchmarks.Load;

/// <summary>The parts of a load, in order.</summary>
internal enum LoadPhase
{
    /// <summary>A short round that is thrown away: code is compiled, connections to the model are open.</summary>
    Prime,

    /// <summary>Conversations are created, then streams start at random moments.</summary>
    Ramp,

    /// <summary>All streams run; the window has not begun.</summary>
    Warmup,

    /// <summary>What is measured.</summary>
    Window,

    /// <summary>The window is over; the streams run to their end.</summary>
    Drain,
}
