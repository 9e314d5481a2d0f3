using System.Buffers.Text;
using System.Text;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>What a caller got.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers that can say something, and the body.</param>
internal sealed record TenantAnswer(int Status, string Headers)
{
    private static readonly string[] Irrelevant = ["Date", "Transfer-Encoding", "Keep-Alive", "Connection"];

    /// <summary>Asks, and reads what comes: all of it, or of what never ends the first event.</summary>
    public static async Task<TenantAnswer> AskAsync(HttpClient http, TenantRow row, TenantScene scene, string query = "")
    {
        var path = scene.Fill(row.Path, isBody: false);
        path = query.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), path);
        if (row.Body is not null)
        {
            request.Content = new StringContent(scene.Fill(row.Body, isBody: true), Encoding.UTF8, row.ContentType);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = new StringBuilder();
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !Irrelevant.Contains(header.Key)).OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(": ").AppendJoin(", ", values).Append('\n');
        }

        await using var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        var isEndless = row.Route == "GET /events";
        while (await reader.ReadLineAsync() is { } line)
        {
            // The owner feed's cursor is opaque to clients, and must not hide anything from this.
            text.Append(isEndless && line.StartsWith("id: ", StringComparison.Ordinal) ? $"id: {Encoding.UTF8.GetString(Base64Url.DecodeFromChars(line.AsSpan(4)))}" : line).Append('\n');
            if (isEndless && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                break;
            }
        }

        return new TenantAnswer((int)response.StatusCode, text.ToString());
    }
}
