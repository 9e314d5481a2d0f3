using Microsoft.AspNetCore.Builder;
using OrleansChat.Hosting;

namespace Example;

/// <summary>One process with an API node, a silo and what you add.</summary>
public static class OwnHost
{
    /// <summary>The process, for a <c>Program.cs</c> that says <c>await OwnHost.Build(args).RunAsync();</c></summary>
    public static WebApplication Build(string[] args)
    {
        // The page lies beside the program.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddContentFilter<CardNumberFilter>();
        builder.Services.AddChatClientMiddleware<ShoutingMiddleware>();
        builder.AddSilo(gateway: false);
        builder.AddApi();

        var app = builder.Build();
        app.MapApi();
        return app;
    }
}
