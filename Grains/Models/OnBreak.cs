namespace OrleansChat.Models;

/// <summary>What becomes of a reply that has begun, when its model breaks off before its end.</summary>
public enum OnBreak
{
    /// <summary>It fails, and keeps what it has: nothing is asked, and paid, that nobody ordered. Default.</summary>
    Fail,

    /// <summary>
    /// The same as when its process is gone, see <see cref="Models.TakeOver"/>: it is continued or begun anew, and clients are told which. It fails where
    /// that is <see cref="TakeOver.Interrupt"/>, or has been tried often enough.
    /// </summary>
    TakeOver,
}
