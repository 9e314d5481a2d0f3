using OrleansChat.Errors;

namespace OrleansChat.Api.Tests.Errors;

/// <summary>What errors repeat of what callers sent.</summary>
public class RepeatedTests
{
    private static readonly string Long = new('x', 5_000);

    [Fact]
    public void What_is_short_is_whole_and_what_is_long_is_cut_between_characters()
    {
        Assert.Equal("call_1", Repeated.Of("call_1"));
        Assert.Equal(Long[..Repeated.Longest], Repeated.Of(Long[..Repeated.Longest]));
        Assert.Equal($"{Long[..Repeated.Longest]}…", Repeated.Of(Long));
        Assert.Equal($"{Long[..(Repeated.Longest - 1)]}…", Repeated.Of($"{Long[..(Repeated.Longest - 1)]}😀"));
    }

    [Fact]
    public void No_error_is_as_long_as_what_it_is_about() => Assert.All(
        new[] { Problems.WrongHost(Long), Problems.UnknownToolCall(Long, []), Problems.UnknownToolCall(Long, [Long]), Problems.PreviousResponseNotFound(Long) },
        problem => Assert.InRange(problem.ProblemDetails.Detail!.Length, 1, 500));
}
