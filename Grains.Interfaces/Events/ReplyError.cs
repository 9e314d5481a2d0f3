namespace OrleansChat.Events;

/// <summary>Why a reply failed.</summary>
/// <param name="Code">A stable word for programs, for example <c>upstream_truncated</c>.</param>
/// <param name="Message">A sentence for people. It never holds keys, prompts or addresses.</param>
/// <param name="Retryable">Whether asking again may help; false also where that was not recorded.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ReplyError")]
public sealed record ReplyError(
    [property: Id(0)] string Code, [property: Id(1)] string Message, [property: Id(2)] bool Retryable = false)
{
    /// <summary>The code alone: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => Code;
}
