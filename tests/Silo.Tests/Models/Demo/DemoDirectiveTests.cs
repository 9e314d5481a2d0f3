using OrleansChat.Models.Demo;

namespace OrleansChat.Silo.Tests.Models.Demo;

public sealed class DemoDirectiveTests
{
    [Theory]
    [InlineData("[demo: stall]", nameof(DemoFault.Stall), 10, null, null)]
    [InlineData("[demo: error after=20]", nameof(DemoFault.Error), 20, null, null)]
    [InlineData("[DEMO:AFTER=0 Truncate]", nameof(DemoFault.Truncate), 0, null, null)]
    [InlineData("[demo: tokens=500 rate=1000]", nameof(DemoFault.None), 10, 500, 1000.0)]
    [InlineData("[demo: rate=0.1]", nameof(DemoFault.None), 10, null, 0.1)]
    [InlineData("[demo: tokens=1] [demo: nonsense]", nameof(DemoFault.None), 10, 1, null)]
    [InlineData("no directive [demo]", nameof(DemoFault.None), 10, null, null)]
    public void Directive_IsRead(string message, string fault, int after, int? tokens, double? rate)
    {
        var directive = DemoDirective.Parse(message, out _);

        Assert.Equal(new DemoDirective(Enum.Parse<DemoFault>(fault), after, tokens, rate), directive);
    }

    [Theory]
    [InlineData("[demo:]")]
    [InlineData("[demo: ]")]
    [InlineData("[demo: explode]")]
    [InlineData("[demo: stall")]
    [InlineData("[demo: stall error]")]
    [InlineData("[demo: stall stall]")]
    [InlineData("[demo: stall=3]")]
    [InlineData("[demo: after]")]
    [InlineData("[demo: after=-1]")]
    [InlineData("[demo: after=100001]")]
    [InlineData("[demo: after=1 after=2]")]
    [InlineData("[demo: tokens=0]")]
    [InlineData("[demo: tokens=1e3]")]
    [InlineData("[demo: tokens=99999999999]")]
    [InlineData("[demo: rate=0]")]
    [InlineData("[demo: rate=NaN]")]
    [InlineData("[demo: rate=100001]")]
    [InlineData("[demo: think=0]")]
    [InlineData("[demo: think think=3]")]
    [InlineData("[demo: call=17]")]
    [InlineData("[demo: call refuse]")]
    public void Nonsense_IsMalformed(string message) => Assert.True(DemoDirective.Parse(message, out _).IsMalformed);

    [Fact]
    public void Rest_IsTheMessageWithoutTheDirective()
    {
        DemoDirective.Parse("one [demo: stall] two", out var rest);

        Assert.Equal("one  two", rest);
    }
}
