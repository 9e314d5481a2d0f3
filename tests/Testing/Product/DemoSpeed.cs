namespace OrleansChat.Testing.Product;

/// <summary>How fast the demo model is, for tests that kill a process in the middle of a reply and start another.</summary>
public static class DemoSpeed
{
    private const string Name = "Models__demo__TokensPerSecond";

    /// <summary>200 tokens take five seconds: a reply of which a fifth was read is not over before the process is killed, however busy the machine is.</summary>
    public static (string Name, string Value) Killable => (Name, "40");

    /// <summary>Nobody waits for the rest of it.</summary>
    public static (string Name, string Value) Fast => (Name, "2000");
}
