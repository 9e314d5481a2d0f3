namespace OrleansChat.Limiting;

/// <summary>Whether a request passes, and how many more will.</summary>
/// <param name="Passes">Whether it does.</param>
/// <param name="Left">About how many more will in this window: other nodes may have some of them.</param>
/// <param name="EndsIn">When the window ends, and as many as at its beginning are left again.</param>
internal readonly record struct RequestCount(bool Passes, int Left, TimeSpan EndsIn);
