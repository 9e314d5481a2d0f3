using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Authentication;

/// <summary>Sessions of browsers; configuration section <c>Authentication:Sessions</c>.</summary>
internal sealed class SessionOptions
{
    /// <summary>How long a session lasts, 1 minute to 90 days; or until its key ends, whichever is sooner. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00", ErrorMessage = SignInOptions.Section + ":Sessions:{0} is a time from {1} to {2}.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);
}
