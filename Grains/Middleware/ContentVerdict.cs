namespace OrleansChat.Middleware;

/// <summary>What a filter says.</summary>
public abstract record ContentVerdict
{
    private ContentVerdict()
    {
    }

    /// <summary>It may be said.</summary>
    public static ContentVerdict Allow { get; } = new Allowed();

    /// <summary>
    /// It may not: the reply ends here, completed, with the finish reason <c>content_filter</c>. What was said before stays; the model's request is aborted.
    /// </summary>
    public static ContentVerdict Stop { get; } = new Stopped();

    /// <summary>It may not: the reply fails with the code <c>content_refused</c>.</summary>
    /// <param name="message">A sentence for the user. It is stored and shown.</param>
    public static ContentVerdict Refuse(string message) => new Refused(message);

    internal sealed record Allowed : ContentVerdict;

    internal sealed record Stopped : ContentVerdict;

    internal sealed record Refused(string Message) : ContentVerdict;
}
