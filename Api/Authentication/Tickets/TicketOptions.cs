using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Authentication;

/// <summary>Tickets for streams; configuration section <c>Authentication:Tickets</c>.</summary>
internal sealed class TicketOptions
{
    /// <summary>How long a ticket is good, 1 minute to 24 hours; or until its key ends, whichever is sooner. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = SignInOptions.Section + ":Tickets:{0} is a time from {1} to {2}.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);
}
