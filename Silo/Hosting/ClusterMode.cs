namespace OrleansChat.Hosting;

/// <summary>What holds the silos together.</summary>
public enum ClusterMode
{
    /// <summary>One silo, on this machine, with conversations in files.</summary>
    Local,

    /// <summary>Any number of silos that find each other, and keep conversations, in a PostgreSQL database.</summary>
    PostgreSQL,
}
