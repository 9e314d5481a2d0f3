using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OrleansChat.Dialects;
using OrleansChat.Documentation;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Documentation;

/// <summary>docs/errors.md has every code, and no other.</summary>
public sealed partial class ErrorPageTests
{
    private static readonly string Page = Repository.Read("docs/errors.md").ReplaceLineEndings("\n");

    [Fact]
    public void It_has_every_code_that_a_request_can_be_answered_with_and_its_status()
    {
        var known = KnownErrors.ByCode.Values.Select(problem => problem.ProblemDetails)
            .Append(Unrouted.Problem(404, Unrouted.NotFound, ""))
            .Append(Unrouted.Problem(405, Unrouted.MethodNotAllowed, ""))
            .Select(problem => (Code: (string)problem.Extensions["code"]!, Status: problem.Status!.Value));

        Assert.Equal(
            known.OrderBy(error => error.Status).ThenBy(error => error.Code, StringComparer.Ordinal),
            RowsOf("Of requests").Select(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void It_has_every_code_that_a_reply_can_fail_with_and_what_it_means()
    {
        var known = ReplyErrors.All.Select(code => (string[])[code.Key, StatusOf(code.Key), ModelErrors.IsRetryable(code.Key) ? "yes" : "no", code.Value]);

        var rows = RowsOf("Of replies");
        Assert.Equal(known, rows[..^1]);
        var interrupted = ReplyFailures.ErrorOf(new ReplyInterrupted("msg_3", null, DateTimeOffset.UnixEpoch) { Sequence = 4 });
        Assert.Equal([interrupted.Code, StatusOf(interrupted.Code), interrupted.Retryable ? "yes" : "no"], rows[^1][..3]);
    }

    private static string StatusOf(string code) => $"{ReplyFailures.Of(ModelErrors.Of(code, "")).ProblemDetails.Status}";

    // The cells of the table below a heading, without the marks of code in the first.
    private static ImmutableArray<string[]> RowsOf(string heading)
    {
        var section = Page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return [.. Row().Matches(section).Select(row => row.Value.Trim('|').Split(" | ")).Select(cells => (string[])[cells[0].Trim().Trim('`'), .. cells[1..].Select(cell => cell.Trim())])];
    }

    [GeneratedRegex(@"^\| `.*\|$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Row();
}
