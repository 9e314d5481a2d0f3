using Microsoft.Extensions.Hosting;
using OrleansChat.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddDefaultLogging();
builder.AddSilo(gateway: true);

await builder.Build().RunAsync();
