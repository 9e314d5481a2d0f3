using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Transfer;

namespace OrleansChat.Api.Tests.Transfer;

/// <summary>Exports, over real HTTP, of conversations to which something happens meanwhile.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private readonly FakeConversation grain = new();
    private readonly HttpClient http = new();
    private WebApplication app = null!;

    private static Conversation Found { get; } = new()
    {
        Id = ConversationId.New(TimeProvider.System), Model = "demo", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Sequence = 3, Head = "msg_3",
    };

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseErrorHandling();
        var conversation = new PatientConversation(grain, OwnerId.Local, TimeProvider.System);
        app.MapGet("/", () => new ExportResult(conversation, Found, JsonLinesFormat.Instance));
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_export_ends_where_the_conversation_does_when_its_messages_are_read()
    {
        grain.Pages = _ => new MessagesResult.Page([Message("msg_2")], false, "msg_2");

        Assert.Equal(0, Import(await http.GetStringAsync(new Uri("/", UriKind.Relative))).Head);
    }

    [Fact]
    public async Task What_ends_on_a_later_page_is_whole()
    {
        grain.Pages = query => new MessagesResult.Page([Message(query.After is null ? "msg_2" : "msg_3")], query.After is null, "msg_3");

        Assert.Equal(1, Import(await http.GetStringAsync(new Uri("/", UriKind.Relative))).Head);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_loses_a_message_that_it_needs_is_cut_off(bool isHead)
    {
        grain.Pages = query => query.After is null ? new MessagesResult.Page([Message("msg_2")], true, "msg_3")
            : isHead ? new MessagesResult.Page([Message("msg_4")], false, "msg_4")
            : new MessagesResult.UnknownMessage("msg_2");

        using var response = await http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_gone_before_it_begins_is_an_error()
    {
        grain.Pages = _ => new MessagesResult.NotFound();

        using var response = await http.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static ImportConversation Import(string text)
    {
        var import = new ImportBuilder();
        JsonLinesFormat.Instance.Read(text, import);
        return import.Build();
    }

    private static Message Message(string id) => new()
    {
        Id = id, Role = MessageRole.User, Content = "hi", Status = MessageStatus.Completed, Sequence = 2, CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
