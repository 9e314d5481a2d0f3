using OrleansChat.Clients.Tests.CrossDialect.Dialects;

namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>The dialects that meet here.</summary>
internal static class AllDialects
{
    private static readonly Dialect Native = new NativeDialect();

    /// <summary>Those in which somebody can ask.</summary>
    public static IReadOnlyList<Dialect> Starting { get; } =
        [Native, new PlainTextDialect(), new ContentSseDialect(), new CompletionsDialect(), new ResponsesDialect(), new UiMessageDialect()];

    /// <summary>Those in which somebody can read on.</summary>
    public static IReadOnlyList<Dialect> Resuming { get; } =
        [Native, new DurableStreamsDialect(), new CompletionsDialect(), new ResponsesDialect(), new UiMessageDialect()];
}
