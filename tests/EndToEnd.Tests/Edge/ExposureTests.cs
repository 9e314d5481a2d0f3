using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>What the product is made of, and how it is, is not for everybody.</summary>
public sealed class ExposureTests(KeyedProduct fixture) : IClassFixture<KeyedProduct>
{
    [Fact]
    public async Task The_OpenAPI_document_is_for_those_who_may_read()
    {
        var reader = await fixture.ForAsync("ann", "read");

        await fixture.Product.Api.GetAsync("/openapi/v1.json", HttpStatusCode.Unauthorized);
        Assert.Equal("OrleansChat", (await reader.GetAsync("/openapi/v1.json")).GetProperty("info").GetProperty("title").GetString());
    }

    [Fact]
    public async Task It_is_for_everybody_where_that_is_configured()
    {
        using var directory = new TemporaryDirectory();
        await using var product = await ProductProcess.StartAsync(directory.Path, ("Authentication__Keys", "true"), ("OpenApi__Public", "true"));

        await product.Api.GetAsync("/openapi/v1.json");
        await product.Api.GetAsync("/models", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Everybody_learns_whether_the_product_is_ready_and_administrators_what_it_runs_on()
    {
        var writer = await fixture.ForAsync("ann");

        foreach (var (client, isAdmin) in new[] { (fixture.Product.Api, false), (writer, false), (fixture.Admin, true) })
        {
            var ready = await client.GetAsync("/health/ready");
            Assert.Equal("ready", ready.GetProperty("status").GetString());
            Assert.Equal(isAdmin, ready.GetProperty("runtime").GetString() is not null);
            Assert.Null((await client.GetAsync("/health/live")).GetProperty("runtime").GetString());
        }
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/dashboard")]
    [InlineData("/appsettings.json")]
    [InlineData("/OrleansChat.Api.dll")]
    [InlineData("/data/keys")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/debug/pprof")]
    public async Task There_is_nothing_else(string path)
    {
        await fixture.Product.Api.GetAsync(path, HttpStatusCode.Unauthorized);
        await fixture.Admin.GetAsync(path, HttpStatusCode.NotFound);
    }
}
