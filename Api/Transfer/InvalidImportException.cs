namespace OrleansChat.Transfer;

/// <summary>Something that is to be imported cannot be understood.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="detail">What is wrong with it, and what is allowed.</param>
internal sealed class InvalidImportException(int line, string detail) : Exception(detail)
{
    /// <summary>The line, from 1.</summary>
    public int Line => line;
}
