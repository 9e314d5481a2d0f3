using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Dialects;
using OrleansChat.Keys;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Conversations;

/// <summary>Two requests of one name, of which one is refused and takes back what both have begun.</summary>
public class BeginningsTests
{
    private readonly FakeConversation grain = new();
    private readonly SingleTurn turn;
    private readonly DefaultHttpContext context = new()
    {
        User = new ClaimsPrincipal(new CallerIdentity(OwnerId.Local, Scope.Write, SignedInBy.Local)),
    };

    public BeginningsTests()
    {
        var grains = FakeGrains.Of(kind => kind == typeof(ICreationGrain) ? new Creation(grain) : grain);
        turn = new SingleTurn(new ConversationLookup(grains, TimeProvider.System));
    }

    [Fact]
    public async Task What_is_taken_back_under_a_request_is_created_once_more()
    {
        grain.Answers = _ =>
        {
            TakeBackElsewhere();
            grain.Answers = _ => new SendResult.Accepted("msg_2", "msg_3", 2);
            return new SendResult.NotFound();
        };

        var started = Assert.IsType<SingleTurnResult.Started>(await StartAsync());

        Assert.Equal(("msg_3", false), (started.Reply, started.WasOver));
        Assert.Equal(2, grain.Sent.Count);
        Assert.Single(grain.Sent.Select(sent => sent.Request).Distinct());
        Assert.NotNull(await grain.Get(OwnerId.Local));
    }

    [Fact]
    public async Task What_is_taken_back_again_and_again_is_not_found()
    {
        grain.Answers = _ =>
        {
            TakeBackElsewhere();
            return new SendResult.NotFound();
        };

        Assert.Equal(StatusCodes.Status404NotFound, Assert.IsType<SingleTurnResult.Refused>(await StartAsync()).Problem.StatusCode);
        Assert.Equal(2, grain.Sent.Count);
    }

    [Fact]
    public async Task What_is_refused_is_taken_back()
    {
        grain.Answers = _ => new SendResult.UnknownModel([]);

        Assert.IsType<SingleTurnResult.Refused>(await StartAsync());
        Assert.Null(await grain.Get(OwnerId.Local));
        Assert.Single(grain.Sent);
    }

    [Fact]
    public async Task What_is_given_up_is_taken_back()
    {
        grain.Answers = _ => throw new OperationCanceledException();

        await Assert.ThrowsAsync<OperationCanceledException>(StartAsync);
        Assert.Null(await grain.Get(OwnerId.Local));
    }

    private Task<SingleTurnResult> StartAsync() => turn.StartAsync(
        context,
        new RequestKey("k1", "f"),
        new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []),
        new SendMessage("Why?", null));

    private void TakeBackElsewhere() => Assert.True(grain.Expire(OwnerId.Local, 1).IsCompletedSuccessfully);

    private sealed class Creation(FakeConversation grain) : ICreationGrain
    {
        public Task<CreateResult> Create(OwnerId caller, CreateConversation request) => grain.Create(caller, request);

        public Task<ConversationId?> Find(OwnerId caller) => throw new NotSupportedException();

        public Task<CreateResult> Import(OwnerId caller, ImportConversation request) => throw new NotSupportedException();
    }
}
