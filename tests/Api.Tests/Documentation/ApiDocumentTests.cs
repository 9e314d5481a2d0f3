using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Documentation;
using OrleansChat.Errors;
using OrleansChat.Models;

namespace OrleansChat.Api.Tests.Documentation;

/// <summary>The OpenAPI document says what the API does, and no more.</summary>
public sealed class ApiDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Every_route_is_in_the_document_and_everything_in_the_document_is_a_route()
    {
        var operations = (await ReadAsync()).Select(operation => operation.Name).Order(StringComparer.Ordinal);

        Assert.Equal(host.Routes, operations);
        Assert.Equal(host.Routes, Operations.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_and_every_parameter_is_described()
    {
        foreach (var (name, operation) in await ReadAsync())
        {
            Assert.True(operation.TryGetProperty("summary", out _), name);
            Assert.True(operation.TryGetProperty("description", out _), name);
            var parameters = operation.TryGetProperty("parameters", out var found) ? [.. found.EnumerateArray()] : Array.Empty<JsonElement>();
            foreach (var parameter in parameters)
            {
                Assert.True(
                    parameter.TryGetProperty("description", out var description) && description.GetString()!.Length > 0,
                    $"{name}: {parameter.GetProperty("name")}");
            }

            Assert.Equal(
                Operations.All[name].Parameters.Keys.Order(StringComparer.Ordinal),
                parameters.Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_documented_error_is_one_that_the_API_answers_with_and_the_other_way_round()
    {
        var documented = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, operation) in await ReadAsync())
        {
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                foreach (var content in response.Value.TryGetProperty("content", out var contents) ? contents.EnumerateObject().ToArray() : [])
                {
                    foreach (var example in content.Value.TryGetProperty("examples", out var examples) ? examples.EnumerateObject().ToArray() : [])
                    {
                        // In a dialect's own format the status may be another, and the code too.
                        var value = example.Value.GetProperty("value");
                        if (content.Name == "application/problem+json")
                        {
                            Assert.Equal(example.Name, value.GetProperty("code").GetString());
                            Assert.True(response.Name == $"{value.GetProperty("status")}", name);
                        }

                        documented.Add(example.Name);
                    }
                }
            }
        }

        Assert.Equal(CodesOfProblems().Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public async Task Every_code_that_a_reply_can_fail_with_is_in_the_document_and_in_the_README()
    {
        var codes = typeof(ModelErrors).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();
        var schema = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("ReplyError").GetProperty("properties");
        var documented = schema.GetProperty("code").GetProperty("description").GetString()!;
        var readme = await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot(), "README.md"));

        Assert.Equal(codes.Order(StringComparer.Ordinal), ReplyErrors.All.Keys.Order(StringComparer.Ordinal));
        Assert.True(schema.GetProperty("retryable").GetProperty("description").GetString()!.Length > 0);
        Assert.All(codes, code => Assert.Contains($"`{code}`{(ModelErrors.IsRetryable(code) ? ":" : " (not")}", documented, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.Single(readme, line => line.StartsWith($"| `{code}` | {(ModelErrors.IsRetryable(code) ? "yes" : "no")} |", StringComparison.Ordinal)));
    }

    private static string RepositoryRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "OrleansChat.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests are not within the repository.");
        }

        return directory;
    }

    [Fact]
    public async Task Every_example_is_what_its_schema_says()
    {
        var document = await DocumentAsync();
        var schema = new JsonSchema(document);
        var checkedExamples = 0;
        foreach (var (name, operation) in await ReadAsync())
        {
            var bodies = operation.TryGetProperty("requestBody", out var body) ? [body] : Array.Empty<JsonElement>();
            foreach (var each in bodies.Concat(operation.GetProperty("responses").EnumerateObject().Select(response => response.Value)))
            {
                foreach (var media in each.TryGetProperty("content", out var content) ? content.EnumerateObject().ToArray() : [])
                {
                    var examples = media.Value.TryGetProperty("examples", out var many)
                        ? many.EnumerateObject().Select(example => example.Value.GetProperty("value")).ToList()
                        : media.Value.TryGetProperty("example", out var one) ? [one] : [];
                    Assert.True(examples.Count > 0, $"{name} has no example of its {media.Name}.");
                    foreach (var example in examples)
                    {
                        checkedExamples++;
                        Assert.Equal([], schema.Errors(media.Value.GetProperty("schema"), example).Select(error => $"{name} {media.Name} {error}"));
                    }
                }
            }
        }

        Assert.InRange(checkedExamples, Operations.All.Count, int.MaxValue);
    }

    [Theory]
    [InlineData("""{"id":1}""", "$.id: 1 is no string")]
    [InlineData("""{}""", "$: 'id' is missing")]
    [InlineData("""{"id":"x","kind":"c"}""", """$.kind: c is none of ["a","b"]""")]
    public void The_check_of_examples_finds_what_is_wrong(string value, string error)
    {
        var schema = JsonElement.Parse("""{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"kind":{"enum":["a","b"]}}}""");

        Assert.Equal([error], new JsonSchema(schema).Errors(schema, JsonElement.Parse(value)));
    }

    // Every way in which Problems makes an answer, called with whatever fits.
    private static IEnumerable<string> CodesOfProblems() => typeof(Problems)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(ProblemHttpResult))
        .SelectMany(method => method.Name == nameof(Problems.Invalid)
            ? [Problems.Invalid(400, ""), Problems.Invalid(413, ""), Problems.Invalid(415, "")]
            : new[] { (ProblemHttpResult)method.Invoke(null, [.. method.GetParameters().Select(Some)])! })
        .Select(problem => (string)problem.ProblemDetails.Extensions["code"]!)
        .Distinct();

    private static object? Some(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "x"
        : parameter.ParameterType == typeof(System.Collections.Immutable.ImmutableArray<string>) ? System.Collections.Immutable.ImmutableArray.Create("x")
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;

    private async Task<JsonElement> DocumentAsync()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        return JsonElement.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
    }

    private async Task<List<(string Name, JsonElement Operation)>> ReadAsync() =>
    [
        .. (await DocumentAsync()).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))),
    ];
}
