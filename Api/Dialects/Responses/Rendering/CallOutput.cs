using System.Text;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>A function that a model calls.</summary>
/// <param name="index">Which of the response's items.</param>
/// <param name="id">The item's id.</param>
/// <param name="call">The call's index in the reply.</param>
/// <param name="callId">The call's id.</param>
/// <param name="name">The function's name.</param>
internal sealed class CallOutput(int index, string id, int call, string callId, string name) : OutputItem(index, id)
{
    private readonly StringBuilder arguments = new();

    /// <summary>The call's index in the reply.</summary>
    public int Call => call;

    /// <summary>Whether there was more of it after it was closed, as some models write several calls at once.</summary>
    public bool IsAmended { get; private set; }

    /// <summary>Adds a piece of the arguments.</summary>
    public void Add(EventLine line, string piece, ResponseFrames frames)
    {
        IsAmended |= Status != ItemStatus.InProgress && piece.Length > 0;
        arguments.Append(piece);
        frames.Delta("response.function_call_arguments.delta", new PartPlace(Id, Index), line);
    }

    public override ItemView View() => ItemView.Call(Id, Status, callId, name, arguments.ToString());

    // Nobody is told of arguments as done that broke off: he might carry the call out.
    protected override void ClosePart(ResponseFrames frames, bool complete)
    {
        if (complete)
        {
            frames.Text("response.function_call_arguments.done"u8, new PartPlace(Id, Index), "arguments"u8, arguments.ToString(), name);
        }
    }
}
