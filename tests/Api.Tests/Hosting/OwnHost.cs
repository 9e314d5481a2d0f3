using Microsoft.AspNetCore.Builder;
using OrleansChat.Hosting;

namespace Example;

/// <summary>One process with an API node, a silo and what you add.</summary>
public static class OwnHost
{
    /// <summary>The process, for a <c>Program.cs</c> that says <c>await OwnHost.Build(args).RunAsync();</c></summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddContentFilter<CardNumberFilter>();
        builder.Services.AddChatClientMiddleware<ShoutingMiddleware>();
        builder.AddSilo(gateway: false);
        builder.AddApi();

        var app = builder.Build();
        app.MapApi();
        return app;
    }
}
