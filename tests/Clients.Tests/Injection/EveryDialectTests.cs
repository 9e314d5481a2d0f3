using System.Text.Json;
using OrleansChat.Clients.Tests.CrossDialect;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Clients.Tests.Injection;

/// <summary>Whatever people and models say, .NET's own parser of server-sent events reads exactly that in every dialect, live and stored.</summary>
public sealed class EveryDialectTests : IClassFixture<ProductFixture>
{
    private readonly ProductFixture fixture;

    public EveryDialectTests(ProductFixture fixture)
    {
        this.fixture = fixture;
        fixture.Model.Answer = EchoModel.Answer;
    }

    public static TheoryData<string> Dialects => [.. AllDialects.Starting.Select(dialect => dialect.Name)];

    [Theory, MemberData(nameof(Dialects))]
    public async Task What_is_said_arrives_as_it_was_said(string name)
    {
        var dialect = AllDialects.Starting.Single(dialect => dialect.Name == name);
        foreach (var (attacks, text) in HostileTexts.All.Where(text => dialect is not { Name: "plain text" or "content frames" } || FitsIntoAnAddress(text.Text)))
        {
            using var reading = await dialect.StartAsync(fixture.Api, text);
            var said = await reading.ToEndAsync();
            var place = await reading.PlaceAsync();

            // A text's own byte order mark is one of the text's encoding to who reads plain text.
            var expected = name == "plain text" ? $"{text.TrimStart('\ufeff')}\n\n[usage] input_tokens=1 output_tokens=1 total_tokens=2\n" : text;
            Assert.True(expected == said, $"{attacks}: {JsonSerializer.Serialize(said)}");
            Assert.Equal(text, LastSaid());
            Assert.Equal([text, text], (await fixture.Api.MessagesAsync(place.Conversation)).Select(message => message.Text("content")));

            // By whom else it can be read.
            foreach (var other in AllDialects.Resuming)
            {
                using var stored = await other.ResumeAsync(fixture.Api, place.Beginning);
                Assert.True(text == await stored.ToEndAsync(), $"{attacks}, asked in {name} and read in {other.Name}");
            }
        }
    }

    // What the model was told.
    private string LastSaid()
    {
        var content = fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(part => part.Text("text")));
    }

    // Requests' lines have their own limit.
    private static bool FitsIntoAnAddress(string text) => Uri.EscapeDataString(text).Length < 6_000;
}
