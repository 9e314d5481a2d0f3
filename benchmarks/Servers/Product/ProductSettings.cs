namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>What every process of the product is told.</summary>
internal static class ProductSettings
{
    public static Dictionary<string, string> Of(Uri modelUrl) => new()
    {
        ["Models__Default"] = "bench",
        ["Models__bench__Provider"] = "openai",
        ["Models__bench__Endpoint"] = new Uri(modelUrl, "v1").ToString(),
        ["Models__bench__ApiKey"] = "none",
        ["Models__bench__Model"] = "bench",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__OrleansChat"] = "Warning",
    };
}
