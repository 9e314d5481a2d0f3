using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

public class TicketHidingTests
{
    [Theory]
    [InlineData("?ticket=SECRET", "", "SECRET")]
    [InlineData("?after=3&ticket=SECRET&until=idle", "?after=3&until=idle", "SECRET")]
    [InlineData("?TICKET=SECRET", "", "SECRET")]
    [InlineData("?%74icket=SECRET", "", "SECRET")]
    [InlineData("?ticket=%53ECRET", "", "SECRET")]
    [InlineData("?ticket=SECRET&ticket=OTHER", "", "")]
    [InlineData("?ticket", "", "")]
    [InlineData("?after=3", "?after=3", null)]
    [InlineData("?q=a%20ticket", "?q=a%20ticket", null)]
    [InlineData("", "", null)]
    public void A_ticket_is_taken_out_of_the_address_before_anybody_sees_it(string query, string left, string? ticket)
    {
        using var services = new ServiceCollection().AddOptions<FormOptions>().Services.AddLogging().BuildServiceProvider();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Path = "/events", QueryString = query, RawTarget = $"/events{query}" });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());

        var context = new TicketHiding(services).Create(features);

        Assert.Equal(left, context.Request.QueryString.Value);
        Assert.Equal($"/events{left}", features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        Assert.Equal(ticket, features.Get<HiddenTicket>()?.Text);
        Assert.DoesNotContain("SECRET", $"{features.Get<HiddenTicket>()}", StringComparison.Ordinal);
    }
}
