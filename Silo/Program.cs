using Microsoft.Extensions.Hosting;
using OrleansChat.Health;
using OrleansChat.Hosting;
using OrleansChat.Keys;

if (args is [KeysCommand.Name, .. var rest])
{
    return await KeysCommand.RunAsync(rest);
}

return await ProductProgram.RunAsync(() =>
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDefaultLogging();
    builder.AddStopDeadline();
    builder.UseThreadScheduling();
    builder.AddTelemetry("orleanschat-silo");
    builder.AddSilo(gateway: true);
    builder.AddHealthPort();
    return builder.Build();
});
