namespace OrleansChat.Browser.Tests.Sites;

/// <summary>One product for all tests that leave it running.</summary>
[CollectionDefinition(nameof(ChatSite))]
public sealed class ChatSite : Site, ICollectionFixture<ChatSite>;
