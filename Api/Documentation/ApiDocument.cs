using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using OrleansChat.Events;

namespace OrleansChat.Documentation;

/// <summary>Completes the OpenAPI document: what <see cref="Operations"/> says of each operation, its errors, and an example of everything.</summary>
internal static class ApiDocument
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string ProblemSchema = "Problem";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(options => options.AddDocumentTransformer(CompleteAsync));

    private static Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "OrleansChat";
        document.Info.Description = "Conversations with language models. JSON in snake_case, times in RFC 3339 (UTC), errors as problem details (RFC 9457) with a stable `code`.";

        // Whoever asked is where the API is.
        document.Servers?.Clear();
        document.AddComponent(ProblemSchema, Schema());
        DescribeReplyError(document);
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (Operations.All.TryGetValue($"{method.Method} {path}", out var notes))
                {
                    Complete(document, operation, notes);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void DescribeReplyError(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue(nameof(ReplyError), out var schema) == true && schema is { Properties: { } properties })
        {
            properties["code"].Description = $"For programs; stays. {ReplyErrors.Description}.";
            properties["message"].Description = "For people.";
            properties["retryable"].Description = "Whether asking again, as it was asked, may help.";
        }
    }

    private static void Complete(OpenApiDocument document, OpenApiOperation operation, OperationNotes notes)
    {
        operation.Description = notes.Description;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = notes.Parameters.GetValueOrDefault(parameter.Name ?? "");
        }

        if (notes.Request is not null && operation.RequestBody?.Content?.TryGetValue(Json, out var body) == true)
        {
            body.Example = JsonNode.Parse(notes.Request);
        }

        if (!notes.RequestTexts.IsEmpty)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Texts(notes.RequestTexts) };
        }

        operation.Responses ??= [];
        Answer(operation.Responses, notes);
        foreach (var byStatus in notes.Errors.Concat(KnownErrors.Everywhere).Select(code => KnownErrors.ByCode[code]).GroupBy(error => error.StatusCode))
        {
            Add(document, operation.Responses, byStatus.Key, byStatus);
        }
    }

    private static void Answer(OpenApiResponses responses, OperationNotes notes)
    {
        var answer = Find(responses, notes.Status);
        answer.Description ??= ReasonPhrases.GetReasonPhrase(notes.Status);
        if (notes.Response is not null && answer.Content?.TryGetValue(Json, out var json) == true)
        {
            json.Example = JsonNode.Parse(notes.Response);
        }

        if (!notes.ResponseTexts.IsEmpty)
        {
            answer.Content = Texts(notes.ResponseTexts);
        }

        foreach (var (status, description) in notes.Others)
        {
            Find(responses, status).Description = description;
        }
    }

    private static void Add(
        OpenApiDocument document,
        OpenApiResponses responses,
        int status,
        IEnumerable<Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult> errors)
    {
        var examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        foreach (var error in errors)
        {
            var details = error.ProblemDetails;
            examples[(string)details.Extensions["code"]!] = new OpenApiExample
            {
                Summary = details.Detail,
                Value = JsonSerializer.SerializeToNode(details, JsonSerializerOptions.Web),
            };
        }

        var response = Find(responses, status);
        response.Description = string.Join(", ", new[] { response.Description }.Concat(examples.Keys).Where(each => !string.IsNullOrEmpty(each)));
        response.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        response.Content[Problem] = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(ProblemSchema, document),
            Examples = examples,
        };
    }

    private static OpenApiResponse Find(OpenApiResponses responses, int status)
    {
        if (responses.TryGetValue($"{status}", out var known) && known is OpenApiResponse response)
        {
            return response;
        }

        var added = new OpenApiResponse();
        responses[$"{status}"] = added;
        return added;
    }

    private static Dictionary<string, OpenApiMediaType> Texts(IEnumerable<(string ContentType, string Example)> texts) => texts.ToDictionary(
        text => text.ContentType,
        text => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(text.Example) },
        StringComparer.Ordinal);

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people; says what is allowed." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For programs; stays." },
        },
    };
}
