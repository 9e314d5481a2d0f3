using OrleansChat.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddApi();
builder.AddSilos();

var app = builder.Build();
app.MapApi();
await app.RunAsync();
