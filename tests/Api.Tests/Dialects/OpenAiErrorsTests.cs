using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Errors;

namespace OrleansChat.Api.Tests.Dialects;

/// <summary>Errors as OpenAI's clients expect them.</summary>
public class OpenAiErrorsTests
{
    [Fact]
    public void What_is_wrong_with_a_request_names_the_property()
    {
        var answer = Format(Problems.Invalid(400, "'messages[0].content' is missing or blank; it takes 1 to 9 characters."));

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"error":{"message":"'messages[0].content' is missing or blank; it takes 1 to 9 characters.","type":"invalid_request_error","param":"messages[0].content","code":"invalid_request"}}""",
            answer.Body.ToJsonString(ErrorAnswer.Json));
        Assert.Equal(("x-should-retry", "false"), answer.Headers.Single());
    }

    [Fact]
    public void A_path_into_the_body_is_a_property_too() =>
        Assert.Equal("stop", (string?)Format(Problems.Invalid(400, "The body's '$.stop' is not valid here.")).Body["error"]!["param"]);

    [Fact]
    public void An_unknown_model_is_not_found()
    {
        var answer = Format(Problems.UnknownModel(["demo"]));

        Assert.Equal((404, "model_not_found", "model"), (answer.Status, (string?)answer.Body["error"]!["code"], (string?)answer.Body["error"]!["param"]));
    }

    [Fact]
    public void What_passes_by_itself_can_be_repeated_and_nothing_else()
    {
        Assert.Equal(("Retry-After", "1"), Format(Problems.StorageUnavailable()).Headers.Single());
        Assert.Equal("server_error", (string?)Format(Problems.StorageUnavailable()).Body["error"]!["type"]);
        Assert.Equal(("x-should-retry", "false"), Format(Problems.Internal()).Headers.Single());
        Assert.Equal(("x-should-retry", "false"), Format(Problems.ReplyRuns("msg_3")).Headers.Single());
    }

    private static ErrorAnswer Format(ProblemHttpResult problem) => OpenAiErrors.Instance.Format(problem.ProblemDetails);
}
