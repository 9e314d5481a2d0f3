using OrleansChat.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddSilos();
builder.AddApi();

var app = builder.Build();
app.MapApi();
await app.RunAsync();
