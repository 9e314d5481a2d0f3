using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Edge;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Requests;

/// <summary>How much memory bodies may take.</summary>
public sealed class BodyMemoryTests
{
    private const int Mebibyte = 1024 * 1024;
    private const long Most = 128L * Mebibyte;

    private readonly BodyMemory memory = new(Options.Create(new EdgeLimitOptions { BodyMemory = Most }));

    [Fact]
    public void One_owner_has_a_quarter_of_it_and_leaves_the_rest_to_others()
    {
        var (alice, others) = (Owner("alice"), Enumerable.Range(0, 3).Select(i => Owner($"owner{i}")).ToArray());
        memory.Take(alice, 32 * Mebibyte);

        Assert.Throws<BusyException>(() => memory.Take(alice, 1));
        Array.ForEach(others, other => memory.Take(other, 32 * Mebibyte));
        Assert.Throws<BusyException>(() => memory.Take(Owner("late"), 1));

        memory.Return(alice, 32 * Mebibyte);
        memory.Take(Owner("late"), 32 * Mebibyte);
        Assert.Equal(Most, memory.Taken);
    }

    [Theory]
    [InlineData(BodyMemory.Free, 0)]
    [InlineData(BodyMemory.Free + (1024 * 1024), 1024 * 1024)]
    public async Task A_large_body_takes_it_until_the_answer_is_there(int length, int least)
    {
        var services = new ServiceCollection().AddOptions().AddSingleton(TimeProvider.System).AddSingleton(memory).BuildServiceProvider();
        var disposed = new List<IDisposable>();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Body = new ChunkedStream(new byte[length]) } };
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>(new DisposingResponse(disposed));

        var body = await WholeBody.ReadAsync(context.Request);

        Assert.Equal(length, body.Length);
        Assert.InRange(memory.Taken, least, length);
        disposed.ForEach(each => each.Dispose());
        Assert.Equal(0, memory.Taken);
    }

    [Fact]
    public async Task A_body_without_a_length_is_read_and_one_that_says_nothing_of_its_type_is_refused()
    {
        Assert.Null((await ReadAsync("")).At);
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => ReadAsync("""{"at":1}"""));
        Assert.Equal(StatusCodes.Status415UnsupportedMediaType, refused.Status);

        static Task<CancelBody> ReadAsync(string text)
        {
            var context = new DefaultHttpContext { RequestServices = BodyServices.Default, Request = { Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) } };
            return context.Request.ReadOptionalBodyAsync<CancelBody>();
        }
    }

    private static OwnerId Owner(string id) => OwnerId.TryParse(id, out var owner) ? owner : throw new FormatException(id);

    // Whose position is not known, as with what comes from the network.
    private sealed class ChunkedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private sealed class DisposingResponse(List<IDisposable> disposed) : Microsoft.AspNetCore.Http.Features.HttpResponseFeature
    {
        public override void OnCompleted(Func<object, Task> callback, object state) => disposed.Add((IDisposable)state);
    }
}
