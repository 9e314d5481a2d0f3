namespace OrleansChat.Conversations;

/// <summary>The journal could not be written or read for now. Nothing was accepted; the request can be repeated.</summary>
[GenerateSerializer, Alias("OrleansChat.StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
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

    /// <summary>Creates the exception with its cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
