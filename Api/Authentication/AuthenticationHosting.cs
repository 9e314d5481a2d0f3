using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace OrleansChat.Authentication;

/// <summary>Adds that callers sign in, and may do only what their scopes say.</summary>
internal static class AuthenticationHosting
{
    /// <summary>Adds the ways in, and what each endpoint asks of who comes in.</summary>
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SignInMode>();
        services.AddHostedService<SignInModeStart>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<KnownKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownKeys>());
        services.AddSingleton<TrustedProxy>();
        services.AddSingleton<IHttpContextFactory, TicketHiding>();
        services.AddSingleton<CrossSiteGuard>();
        services.AddAuthentication(SignInSchemes.Any)
            .AddPolicyScheme(SignInSchemes.Any, displayName: null, policy => policy.ForwardDefaultSelector = SchemeChoice.Of)
            .AddScheme<AuthenticationSchemeOptions, LocalHandler>(SignInSchemes.Local, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(SignInSchemes.Key, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, ProxyHandler>(SignInSchemes.Proxy, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SignInSchemes.Session, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TicketHandler>(SignInSchemes.Ticket, configureOptions: null);
        builder.AddSealing();

        // Everything that does not say that it is open needs a scope, also what nobody has mapped.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicy([new ScopeRequirement()], []));
        services.AddSingleton<IAuthorizationHandler, ScopeAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        return builder;
    }

    private static void AddSealing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Sealer>();
        services.AddDataProtection().SetApplicationName("OrleansChat");
        services.AddOptions<KeyManagementOptions>().Configure<IGrainFactory>((options, grains) => options.XmlRepository = new ClusterKeyRing(grains));

        // It reads the keys at the start of every process. Here that is done where they are needed, when there is somebody to ask.
        services.RemoveAll(descriptor => descriptor.ServiceType == typeof(IHostedService)
            && descriptor.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);

        // It warns that keys are stored unencrypted. They are, beside all that tickets read; a session takes an API key too, which is stored nowhere.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static void RemoveAll(this IServiceCollection services, Func<ServiceDescriptor, bool> isUnwanted)
    {
        foreach (var unwanted in services.Where(isUnwanted).ToArray())
        {
            services.Remove(unwanted);
        }
    }
}
