namespace OrleansChat.Conversations;

/// <summary>The journal could not be written or read for now. The request can be repeated.</summary>
[GenerateSerializer, Alias("OrleansChat.StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
    [NonSerialized]
    private readonly Exception? cause;

    /// <summary>Creates the exception with a general message.</summary>
    public StorageUnavailableException()
        : this("The conversation's journal is not available.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause, which becomes <see cref="Cause"/>.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message) => cause = innerException;

    /// <summary>
    /// What the medium said, for the log of the process that met it; null elsewhere. Not the inner exception, which would be sent
    /// along to API nodes, and they need not know a database driver's types.
    /// </summary>
    public Exception? Cause => cause;

    /// <inheritdoc />
    public override string ToString() => cause is null ? base.ToString() : $"{base.ToString()}{Environment.NewLine} ---> {cause}";
}
