using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Documentation;

/// <summary>Completes the OpenAPI document: what <see cref="Operations"/> says of each operation, its errors, and an example of everything.</summary>
internal static class ApiDocument
{
    private const string Json = "application/json";
    private const string PlainText = "text/plain";
    private const string Problem = "application/problem+json";
    private const string ProblemSchema = "Problem";
    private const string Key = "key";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.AddOptions<OpenApiDocumentOptions>().BindConfiguration(OpenApiDocumentOptions.Section);
        return services.AddOpenApi(options => options.AddDocumentTransformer(CompleteAsync));
    }

    /// <summary>Maps the document, for those who may read anything here; for everybody with <c>OpenApi:Public</c>.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        var document = routes.MapOpenApi("/openapi/v1.json");
        if (routes.ServiceProvider.GetRequiredService<IOptions<OpenApiDocumentOptions>>().Value.Public)
        {
            document.AllowAnonymous();
        }
    }

    private static Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "OrleansChat";
        document.Info.Description = "Conversations with language models. JSON in snake_case, times in RFC 3339 (UTC), errors as problem details (RFC 9457) with a stable `code`.";

        // Whoever asked is where the API is.
        document.Servers?.Clear();
        document.AddComponent(ProblemSchema, Schema());
        document.AddComponent<IOpenApiSecurityScheme>(Key, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "oc_…",
            Description = "An API key; not needed where nobody signs in. Browsers have a cookie instead (`POST /session`).",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
        DescribeReplyError(document);
        var formats = FormatsOf(context);
        var held = HeldOf(context);
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                var name = $"{method.Method} {path}";
                if (Operations.All.TryGetValue(name, out var notes))
                {
                    Complete(document, operation, notes, formats.GetValueOrDefault(name), held.Contains(name) ? KnownErrors.OfConnections : []);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static Dictionary<string, IErrorFormat> FormatsOf(OpenApiDocumentTransformerContext context) => context.DescriptionGroups
        .SelectMany(group => group.Items)
        .Select(item => (Name: $"{item.HttpMethod} /{item.RelativePath}", Format: item.ActionDescriptor.EndpointMetadata.OfType<IErrorFormat>().LastOrDefault()))
        .Where(item => item.Format is not null)
        .ToDictionary(item => item.Name, item => item.Format!, StringComparer.Ordinal);

    private static HashSet<string> HeldOf(OpenApiDocumentTransformerContext context) => context.DescriptionGroups
        .SelectMany(group => group.Items)
        .Where(item => item.ActionDescriptor.EndpointMetadata.OfType<HoldsConnection>().Any())
        .Select(item => $"{item.HttpMethod} /{item.RelativePath}")
        .ToHashSet(StringComparer.Ordinal);

    private static void DescribeReplyError(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue(nameof(ReplyError), out var schema) == true && schema is { Properties: { } properties })
        {
            properties["code"].Description = $"For programs; stays. {ReplyErrors.Description}.";
            properties["message"].Description = "For people.";
            properties["retryable"].Description = "Whether asking again, as it was asked, may help.";
        }
    }

    private static void Complete(OpenApiDocument document, OpenApiOperation operation, OperationNotes notes, IErrorFormat? format, ImmutableArray<string> more)
    {
        operation.Description = notes.Description;
        operation.Security = notes.IsOpen ? [] : null;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = notes.Parameters.GetValueOrDefault(parameter.Name ?? "");
        }

        if (notes.Request is { } example)
        {
            foreach (var body in operation.RequestBody?.Content?.Values ?? [])
            {
                body.Example = JsonNode.Parse(example);
            }
        }

        if (!notes.RequestTexts.IsEmpty)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Texts(notes.RequestTexts) };
        }

        operation.Responses ??= [];
        Answer(operation.Responses, notes);
        var signedIn = notes.IsOpen ? [] : KnownErrors.OfSignIn;
        var errors = notes.Errors.Concat(more).Concat(signedIn).Concat(KnownErrors.Everywhere).Select(code => KnownErrors.ByCode[code].ProblemDetails);
        foreach (var byStatus in errors.GroupBy(problem => format?.Format(problem).Status ?? problem.Status!.Value))
        {
            Add(document, operation.Responses, byStatus.Key, byStatus, format);
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
        OpenApiDocument document, OpenApiResponses responses, int status, IEnumerable<ProblemDetails> errors, IErrorFormat? format)
    {
        var examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        foreach (var problem in errors)
        {
            examples[(string)problem.Extensions["code"]!] = new OpenApiExample
            {
                Summary = problem.Detail,
                Value = format?.Format(problem).Body ?? JsonSerializer.SerializeToNode(problem, JsonSerializerOptions.Web),
            };
        }

        var response = Find(responses, status);
        response.Description = string.Join(", ", new[] { response.Description }.Concat(examples.Keys).Where(each => !string.IsNullOrEmpty(each)));
        response.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        var isText = examples.Values.Any(example => example.Value is JsonValue);
        response.Content[format is null ? Problem : isText ? PlainText : Json] = new OpenApiMediaType
        {
            Schema = format is null ? new OpenApiSchemaReference(ProblemSchema, document)
                : new OpenApiSchema { Type = isText ? JsonSchemaType.String : JsonSchemaType.Object },
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
