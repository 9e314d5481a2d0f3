using OrleansChat.Conversations;

namespace OrleansChat.Api.Tests.Conversations;

/// <summary>For whom a question is asked again.</summary>
public class PatienceTests
{
    private int questions;

    [Fact]
    public async Task It_is_asked_again_for_who_waits_for_the_answer()
    {
        Assert.Equal("answer", await Patience.ReadAsync(AskAsync, TimeProvider.System, CancellationToken.None));
        Assert.Equal(3, questions);

        Task<string> AskAsync(CancellationToken left) => ++questions == 3 ? Task.FromResult("answer") : throw new TimeoutException();
    }

    [Fact]
    public async Task It_is_not_for_who_leaves_during_the_question()
    {
        using var connection = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Patience.ReadAsync(AskAsync, TimeProvider.System, connection.Token));
        Assert.Equal(1, questions);

        async Task<string> AskAsync(CancellationToken left)
        {
            questions++;
            await connection.CancelAsync();
            left.ThrowIfCancellationRequested();
            return "answer";
        }
    }

    [Fact]
    public async Task Nor_for_who_leaves_between_two()
    {
        using var connection = new CancellationTokenSource();
        var asking = Patience.ReadAsync(AskAsync, TimeProvider.System, connection.Token);
        await connection.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(1, questions);

        Task<string> AskAsync(CancellationToken left)
        {
            questions++;
            throw new TimeoutException();
        }
    }
}
