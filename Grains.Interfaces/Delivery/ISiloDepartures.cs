namespace OrleansChat.Delivery;

/// <summary>Wants to know when a silo is gone: with it goes its memory of who watches its conversations.</summary>
public interface ISiloDepartures
{
    /// <summary>A silo has left the cluster, or this process has lost its connection to one. May be told more than once.</summary>
    void SiloLeft();
}
