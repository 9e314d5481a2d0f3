using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Edge.CrossOrigins;

/// <summary>Has browsers let the websites in the configuration, and no others, use the API.</summary>
internal static class CrossOriginHosting
{
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    // Browsers show scripts of another origin only these, beside a few that are harmless.
    private static readonly string[] Exposed =
    [
        "Content-Disposition", "ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "Stream-Closed", "Stream-Cursor", "Stream-Next-Offset", "Stream-Up-To-Date",
        "WWW-Authenticate", "X-Conversation-Id", "X-Error-Code", "X-Should-Retry", "X-Vercel-AI-UI-Message-Stream", "X-Workflow-Run-Id", "X-Workflow-Stream-Tail-Index",
    ];

    /// <summary>Reads the configuration.</summary>
    public static IServiceCollection AddCrossOrigins(this IServiceCollection services)
    {
        services.AddOptions<CrossOriginOptions>().BindConfiguration(CrossOriginOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, ValidateCrossOrigins>();
        services.AddSingleton<ICrossOrigins, ConfiguredOrigins>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, allowed) =>
            cors.AddDefaultPolicy(policy => Allow(policy, allowed.Value)));
        return services;
    }

    /// <summary>Adds the headers that browsers ask for. Where no website is allowed there are none.</summary>
    public static IApplicationBuilder UseCrossOrigins(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<CrossOriginOptions>>().Value.Origins is [] ? app : app.UseCors();

    private static void Allow(CorsPolicyBuilder policy, CrossOriginOptions allowed)
    {
        policy
            .WithOrigins(allowed.Origins)
            .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
            .AllowAnyHeader()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(PreflightLifetime);
        if (allowed.Credentials)
        {
            policy.AllowCredentials();
        }
    }
}
