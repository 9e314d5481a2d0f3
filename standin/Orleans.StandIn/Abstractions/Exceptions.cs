namespace Orleans.Runtime;

/// <summary>The base of what the runtime itself throws.</summary>
public class OrleansException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public OrleansException()
        : this("The runtime failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public OrleansException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A call was turned away.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }
}

/// <summary>The silo is stopping, or not there.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Creates the exception with a general message.</summary>
    public SiloUnavailableException()
        : this("The silo is not available.")
    {
    }

    internal SiloUnavailableException(string message)
        : base(message)
    {
    }
}
