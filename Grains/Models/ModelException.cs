namespace OrleansChat.Models;

/// <summary>A model failed. The message goes to users as it is, so it names no keys, prompts or addresses; the cause goes to the log.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="ModelErrors"/>.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="innerException">The cause, or null.</param>
    public ModelException(string code, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Code = code;

    /// <summary>A stable word for programs, one of <see cref="ModelErrors"/>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status with which the endpoint refused the request; null for every other fault.</summary>
    public int? Status { get; init; }

    /// <summary>How long the endpoint asks to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
