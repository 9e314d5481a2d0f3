using System.Reflection;
using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations;

/// <summary>
/// A call whose answer is lost, with a silo that was killed, can be asked again only once it is given up: after the runtime's own half minute whoever
/// waits has gone.
/// </summary>
public class CallTimeoutTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public static TheoryData<string> Calls => [.. typeof(IConversationGrain).Assembly.GetTypes()
        .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
        .SelectMany(type => type.GetMethods())
        .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}")];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Each_call_says_how_long_its_answer_is_waited_for(string call)
    {
        var split = call.LastIndexOf('.');
        var method = typeof(IConversationGrain).Assembly.GetType(call[..split])!.GetMethod(call[(split + 1)..])!;

        var timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;

        Assert.NotNull(timeout);
        Assert.InRange(timeout.Value, TimeSpan.FromSeconds(1), Longest);
    }
}
