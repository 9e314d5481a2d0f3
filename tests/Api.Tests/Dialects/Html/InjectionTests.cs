using OrleansChat.Conversations;
using OrleansChat.Dialects.Html.Messages;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>Whatever a message says, and however it comes, a real HTML parser finds nothing in what is sent but what is allowed.</summary>
public sealed class InjectionTests
{
    // Text around them, as what was harmless by itself may not be within something.
    private static readonly (string Before, string After)[] Places =
    [
        ("", ""), ("Some **text** ", " and *more*"), ("> - a\n>   ", "\n\nb"), ("```html\n", "\n```\n"), ("```html\n", ""), ("| a | b |\n|---|:-:|\n| ", " | c |\n"), ("[", "](https://e.org)"), ("[a](", ")"), ("<", ">"), ("`", "`"),
    ];

    // The same HTML comes time and again.
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(Injections.All.Select(injection => injection.Text).Distinct().Count(), 150, int.MaxValue);

    [Fact]
    public void The_check_finds_what_it_is_to_find()
    {
        Assert.Equal(["<script>"], AllowedHtml.Errors("<script>alert(1)</script>"));
        Assert.Equal(["<p onclick=\"alert(1)\">"], AllowedHtml.Errors("<p onclick=alert(1)>x</p>"));
        Assert.Equal(["<a href=\"javascript:alert(1)\">"], AllowedHtml.Errors("<a href=\"javascript:alert(1)\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"));
        Assert.Equal(["a link with 1 attributes"], AllowedHtml.Errors("<a href=\"https://e.org\">x</a>"));
        Assert.Equal(["<img>", "<img src=\"x\">"], AllowedHtml.Errors("<img src=x>"));
        Assert.Equal(["Comment: x"], AllowedHtml.Errors("<!--x-->"));
        Assert.Equal(["<code class=\"language-A\">"], AllowedHtml.Errors("<code class=\"language-A\">x</code>"));
    }

    [Fact]
    public void In_messages_of_people_and_of_models() => Assert.Equal([], Injections.All.SelectMany(injection => Places.SelectMany(place =>
        new[] { MessageRole.User, MessageRole.System, MessageRole.Assistant }.SelectMany(role => Errors(injection, Stored(role, place.Before + injection.Text + place.After))))));

    [Fact]
    public void In_replies_split_at_every_position()
    {
        foreach (var injection in Injections.All)
        {
            // The others take the same ways through the code, and time.
            foreach (var (before, after) in Places.Take(4))
            {
                var text = before + injection.Text + after;
                for (var split = 1; split < text.Length; split++)
                {
                    if (!char.IsLowSurrogate(text[split]))
                    {
                        Assert.Equal([], Errors(injection, Streamed(text[..split], text[split..])));
                    }
                }
            }
        }
    }

    [Fact]
    public void In_replies_letter_by_letter() => Assert.Equal([], Injections.All.SelectMany(injection =>
        Errors(injection, Streamed([.. injection.Text.EnumerateRunes().Select(letter => letter.ToString())]))));

    [Fact]
    public void As_one_reply_after_the_other() => Assert.Equal([], Errors(
        ("all", ""), Streamed([.. Injections.All.Select(injection => injection.Text), .. Injections.All.Select(injection => $"{injection.Text}\n\n")])));

    private static string[] Stored(MessageRole role, string text)
    {
        var view = RenderedMessageView.Of(new Message
        {
            Id = "msg_2", Role = role, Content = text, Status = MessageStatus.Completed, Sequence = 2, CreatedAt = Blocks.At,
        });
        return [string.Concat(view.Blocks)];
    }

    // What is on the page after every event that comes.
    private static IEnumerable<string> Streamed(params string[] pieces)
    {
        var page = new RenderedPage().Send(Blocks.Of(Blocks.Started(3)));
        for (var i = 0; i < pieces.Length; i++)
        {
            page.Send(Blocks.Deltas(4 + i, "msg_3", pieces[i]));
            yield return page.Page.Messages["msg_3"].Html;
        }

        page.Send(Blocks.Of(Blocks.Completed(4 + pieces.Length, "msg_3")));
        yield return page.Page.Messages["msg_3"].Html;
    }

    private IEnumerable<string> Errors((string Class, string Text) injection, IEnumerable<string> shown) =>
        shown.Where(found.Add).SelectMany(html => AllowedHtml.Errors(html).Select(error => $"{injection.Class}: {injection.Text}: {error} in {html}"));
}
