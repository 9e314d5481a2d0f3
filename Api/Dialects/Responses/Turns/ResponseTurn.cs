using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>What came of <see cref="ResponseTurns.StartAsync"/>.</summary>
internal abstract record ResponseTurn
{
    private ResponseTurn()
    {
    }

    /// <summary>The response has started, or waits in the queue; now or when the request came before.</summary>
    public sealed record Started(ResponseKey Key) : ResponseTurn;

    /// <summary>It was refused.</summary>
    public sealed record Refused(ProblemHttpResult Problem) : ResponseTurn;
}
