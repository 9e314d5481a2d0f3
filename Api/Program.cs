using OrleansChat.Hosting;
using OrleansChat.Keys;

if (args is [KeysCommand.Name, .. var rest])
{
    return await KeysCommand.RunAsync(rest);
}

return await ProductProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        // The page lies beside the program; the working directory is where its data goes.
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDefaultLogging();
    builder.AddStopDeadline();
    builder.UseThreadScheduling();
    builder.AddTelemetry("orleanschat-api");
    builder.AddSilos();
    builder.AddApi();

    var app = builder.Build();
    app.MapApi();
    return app;
});
