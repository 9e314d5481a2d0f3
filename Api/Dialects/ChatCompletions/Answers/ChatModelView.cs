namespace OrleansChat.Dialects.ChatCompletions.Answers;

/// <summary>A configured model.</summary>
/// <param name="Id">The name by which requests ask for it.</param>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">Always 0: nobody knows.</param>
/// <param name="OwnedBy">Who runs it.</param>
internal sealed record ChatModelView(string Id, string Object, long Created, string OwnedBy);

/// <summary>The configured models, the default one first.</summary>
/// <param name="Object">Always <c>list</c>.</param>
/// <param name="Data">The models.</param>
internal sealed record ChatModelListView(string Object, IReadOnlyList<ChatModelView> Data);
