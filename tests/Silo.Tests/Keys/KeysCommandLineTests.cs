using OrleansChat.Keys;

namespace OrleansChat.Silo.Tests.Keys;

public class KeysCommandLineTests
{
    [Fact]
    public void Options_come_with_an_equals_sign_or_without()
    {
        var line = KeysCommandLine.Parse(["add", "--owner", "alice", "--scopes=read,admin", "--name", "at work", "--expires-in", "90.00:00:00"]);

        Assert.Equal(("add", "alice", Scopes.All, "at work"), (line.Verb, line.Owner.Value, line.Scopes.Expand(), line.KeyName));
        Assert.Equal(TimeSpan.FromDays(90), line.Time("expires-in"));
    }

    [Fact]
    public void What_has_a_colon_is_for_the_configuration() =>
        Assert.Equal(["--Storage:Path=/srv/chat", "--Cluster:Mode=Local"], KeysCommandLine.Parse(["list", "--Storage:Path", "/srv/chat", "--Cluster:Mode=Local"]).Configuration);

    [Fact]
    public void A_key_stands_for_its_id()
    {
        var text = KeyText.Make(out var id);

        Assert.Equal(id, KeysCommandLine.Parse(["revoke", text]).Id);
    }

    [Theory]
    [InlineData("keys add")]
    [InlineData("keys add", "sell")]
    [InlineData("knows no --ownr", "add", "--ownr", "x")]
    [InlineData("needs a value", "add", "--owner")]
    [InlineData("takes the id of one key", "revoke")]
    [InlineData("takes the id of one key", "revoke", "a", "b")]
    [InlineData("does not take 'x'", "list", "x")]
    public void Mistakes_are_told(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Throws<KeysCommandException>(() => KeysCommandLine.Parse(arguments)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--owner", "-x")]
    [InlineData("--scopes", "read,sudo")]
    [InlineData("--expires-in", "tomorrow")]
    [InlineData("--expires-in", "-1.00:00:00")]
    [InlineData("--name", "two\nlines")]
    public void Values_that_may_not_be_are_told_with_what_may(string option, string value)
    {
        var line = KeysCommandLine.Parse(["add", option, value]);

        var error = Assert.Throws<KeysCommandException>(() => (line.Owner, line.Scopes, line.KeyName, line.Time("expires-in")));

        Assert.StartsWith(option, error.Message, StringComparison.Ordinal);
    }
}
