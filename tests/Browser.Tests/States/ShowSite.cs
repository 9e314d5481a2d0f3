using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;

namespace OrleansChat.Browser.Tests.States;

/// <summary>A product with the conversations of somebody who uses it, as pictures show it.</summary>
[CollectionDefinition(nameof(ShowSite))]
public sealed class ShowSite : Site, ICollectionFixture<ShowSite>
{
    private static readonly (string Title, string Question, string Answer)[] Conversations =
    [
        ("Packing list for Iceland", "What do I need in September?", "Wool, something against rain, and a swimsuit."),
        ("A regular expression for dates", "How do I match ISO dates?", "`\\d{4}-\\d{2}-\\d{2}` finds their shape; whether there is such a day, a parser has to say."),
        ("Sourdough that does not rise", "Why is my bread flat?", "Most likely the starter: it should double within six hours before you use it."),
        ("Names for a sailing boat", "Something with wind, please.", "*Halcyon*, *Zephyr*, or *Mistral* for somebody who likes it strong."),
        ("Letter to the landlord", "The heating is broken, what do I write?", "Say since when, what you have seen, and until when you expect it mended."),
    ];

    /// <inheritdoc />
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Product is null)
        {
            return;
        }

        foreach (var (title, question, answer) in Conversations)
        {
            Model.Enqueue(ModelScript.Reply(answer));
            using var reader = await Api.SendAndFollowAsync(await Api.CreateAsync(new { title }), question);
            await reader.ToEndAsync();
        }
    }
}
