using Microsoft.Extensions.Hosting;
using OrleansChat.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddSilo(gateway: true);

await builder.Build().RunAsync();
