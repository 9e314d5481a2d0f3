namespace OrleansChat.Edge.CrossOrigins;

/// <summary>Which other websites may use the API from browsers; configuration section <c>Cors</c>.</summary>
internal sealed class CrossOriginOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>Their origins, each exactly as browsers send it: <c>https://chat.example.org</c>, with a port where it is not the scheme's own. Default: none.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>Whether they may send cookies along. They need no cookies for keys and tickets. Default: false.</summary>
    public bool Credentials { get; set; }
}
