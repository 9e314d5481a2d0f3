using Microsoft.AspNetCore.Mvc;

namespace OrleansChat.Errors;

/// <summary>
/// How a dialect tells errors, in place of problem details. <see cref="ErrorFormats.WithErrorFormat{TBuilder}"/> puts it to use.
/// </summary>
internal interface IErrorFormat
{
    /// <summary>The same error as the dialect's clients expect it. A function of the problem and of nothing else.</summary>
    ErrorAnswer Format(ProblemDetails problem);
}
