using OrleansChat.Dialects.Responses.Views;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>An item of a response, as it comes to be.</summary>
/// <param name="index">Which of the response's items.</param>
/// <param name="id">Its id.</param>
internal abstract class OutputItem(int index, string id)
{
    /// <summary>Which of the response's items.</summary>
    public int Index => index;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>How far it is.</summary>
    public string Status { get; private set; } = ItemStatus.InProgress;

    /// <summary>The item as it is.</summary>
    public abstract ItemView View();

    /// <summary>Tells that it is there, with nothing in it.</summary>
    public void Open(ResponseFrames frames) => frames.Item("response.output_item.added"u8, Index, View());

    /// <summary>Tells that nothing more of it comes.</summary>
    /// <param name="frames">Where to tell it.</param>
    /// <param name="complete">Whether it is whole; otherwise it broke off.</param>
    public void Close(ResponseFrames frames, bool complete)
    {
        ClosePart(frames, complete);
        Status = complete ? ItemStatus.Completed : ItemStatus.Incomplete;
        frames.Item("response.output_item.done"u8, Index, View());
    }

    /// <summary>Tells the whole of what is being said.</summary>
    protected abstract void ClosePart(ResponseFrames frames, bool complete);
}
