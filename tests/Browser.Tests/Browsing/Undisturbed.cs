using OrleansChat.Browser.Tests.Sites;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>What a page that was disturbed has to show in the end: what one shows that never was.</summary>
internal static class Undisturbed
{
    /// <summary>Compares a page with one that is opened now, in another browser.</summary>
    public static async Task AssertSameAsync(Site site, ChatPage disturbed)
    {
        var status = await disturbed.Reply.GetAttributeAsync("data-status");
        await site.VisitAsync(
            async fresh =>
            {
                await fresh.UntilAsync(status!);
                Assert.Equal(await fresh.ShownAsync(), await disturbed.ShownAsync());
            },
            VisitOptions.Default with { Fragment = "#/" + disturbed.ConversationId });
    }
}
