using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Clients;

/// <summary>
/// A person with a browser: creates a conversation, says something, reads the reply, thinks, says the next thing. What was
/// refused or not answered is sent again, after a look whether it has arrived nevertheless.
/// </summary>
/// <param name="number">Which of the crowd; decides how it reads, and on which node.</param>
/// <param name="nodes">Where the product is.</param>
/// <param name="plan">What it does.</param>
/// <param name="stats">Where it counts.</param>
internal sealed class ChatClient(int number, ApiNodes nodes, ClientPlan plan, ClientStatistics stats)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly string catchup = number % 2 == 0 ? "catchup=coalesced" : "catchup=deltas";
    private readonly bool followsForEver = number / 2 % 2 == 0;
    private EventSource? source;
    private CancellationTokenSource? leaving;
    private Task reading = Task.CompletedTask;
    private int turns;

    /// <summary>What it was told.</summary>
    public ClientRecord Record { get; } = new();

    /// <summary>The conversation's id, once it has been created.</summary>
    public string Conversation { get; private set; } = "";

    /// <summary>Whether neighbouring deltas may reach it as one.</summary>
    public bool MayMerge => number % 2 == 0;

    /// <summary>Whether a message was sent again although the first try may have been accepted.</summary>
    public bool MayHaveSentTwice { get; private set; }

    /// <summary>Whether it has read to the end of its conversation, as far as it can tell.</summary>
    public bool HasReadAll => turns > 0 && Record.IsEnded && !MayHaveSentTwice;

    /// <summary>The index of the node that it reads from.</summary>
    public int Node => source?.Node ?? number % nodes.Addresses.Count;

    /// <summary>Creates its conversation.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        while (Conversation.Length == 0)
        {
            var (status, answer) = await PostAsync("/conversations", new { }, cancellationToken);
            if (status == HttpStatusCode.Created)
            {
                Conversation = answer.GetProperty("id").GetString()!;
                if (followsForEver)
                {
                    // The page is open before anybody has said anything.
                    Read(cancellationToken);
                }
            }
            else
            {
                await Task.Delay(RetryPause, cancellationToken);
            }
        }
    }

    /// <summary>Talks until it is told to stop, and lets the last reply come to its end.</summary>
    public async Task RunAsync(CancellationToken stopped, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        while (!stopped.IsCancellationRequested && await TurnAsync(cancellationToken))
        {
            await Task.Delay(plan.Pause * Random.Shared.NextDouble(), stopped).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await LeaveAsync();
    }

    /// <summary>Says the next thing and reads the reply to its end.</summary>
    /// <returns>False when the reply is stuck.</returns>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        return await EndAsync(cancellationToken);
    }

    /// <summary>Says the next thing, and returns when it is accepted. Reads from then on.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var content = plan.Content(++turns);
        Record.Ask(content);
        for (var isAsked = false; !await TrySendAsync(content, isAsked, cancellationToken); isAsked = true)
        {
            await Task.Delay(RetryPause, cancellationToken);
            if (await IsStoredAsync(content, cancellationToken))
            {
                break;
            }
        }

        if (!followsForEver)
        {
            Read(cancellationToken);
        }
    }

    /// <summary>Returns when the reply has ended and the client knows.</summary>
    /// <returns>False when that takes too long.</returns>
    public async Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        var ended = Record.WhenAsync(static record => record.IsEnded);
        var over = followsForEver ? ended : Task.WhenAll(ended, reading);
        try
        {
            if (!followsForEver && await Task.WhenAny(ended, reading).WaitAsync(plan.ReplyLimit, cancellationToken) == reading && !ended.IsCompleted)
            {
                await reading;
                stats.Complain(ViolationKind.Lost, Conversation, $"204 at {source!.Cursor}, before the reply has ended.");
                return false;
            }

            await over.WaitAsync(plan.ReplyLimit, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            stats.Complain(
                ViolationKind.Stuck,
                Conversation,
                $"No end of the reply within {plan.ReplyLimit.TotalSeconds:0} s; read until {source!.Cursor}, {(Record.IsEnded ? "ended" : Record.IsStarted ? "started" : "not started")}.");
            return false;
        }
    }

    /// <summary>Stops reading.</summary>
    public async Task LeaveAsync()
    {
        if (leaving is not null)
        {
            await leaving.CancelAsync();
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private void Read(CancellationToken cancellationToken)
    {
        var cursor = source?.Cursor ?? 0;
        leaving?.Cancel();
        leaving?.Dispose();
        leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source = new EventSource(nodes, Conversation, followsForEver ? catchup : $"until=idle&{catchup}", Node, stats);
        reading = source.RunAsync(cursor, Record.Add, leaving.Token);
    }

    private async Task<bool> TrySendAsync(string content, bool isAsked, CancellationToken cancellationToken)
    {
        var (status, answer) = await PostAsync($"/conversations/{Conversation}/messages", new { content }, cancellationToken, isAsked || MayHaveSentTwice);
        MayHaveSentTwice |= isAsked;
        if (status != HttpStatusCode.Accepted)
        {
            return false;
        }

        Record.Add(new Accepted(
            answer.GetProperty("message").GetString()!,
            answer.GetProperty("reply").GetString()!,
            answer.GetProperty("sequence").GetInt64(),
            content,
            Stopwatch.GetTimestamp()));
        return true;
    }

    private async Task<bool> IsStoredAsync(string content, CancellationToken cancellationToken)
    {
        var after = Record.NewestMessage is { } newest ? $"&after={newest}" : "";
        try
        {
            var (response, _) = await nodes.SendAsync(
                number, node => new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"/conversations/{Conversation}/messages?limit=100{after}")), cancellationToken);
            using (response)
            {
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    Fail($"look: {(int)response.StatusCode}", "");
                    return false;
                }

                var page = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                return Record.IsStarted || page.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("content").GetString() == content);
            }
        }
        catch (Exception e) when (IsNetwork(e, cancellationToken))
        {
            Fail($"look: {ClientStatistics.NameOf(e)}", e.Message);
            return false;
        }
    }

    private async Task<(HttpStatusCode? Status, JsonElement Answer)> PostAsync(
        string path, object body, CancellationToken cancellationToken, bool mayBeBusy = false)
    {
        try
        {
            var (response, _) = await nodes.SendAsync(
                number, node => new HttpRequestMessage(HttpMethod.Post, new Uri(node, path)) { Content = JsonContent.Create(body) }, cancellationToken);
            using (response)
            {
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                if (!response.IsSuccessStatusCode && !(mayBeBusy && response.StatusCode == HttpStatusCode.Conflict))
                {
                    Fail($"{path.Split('/')[^1]}: {(int)response.StatusCode}", answer.GetRawText());
                }

                return (response.StatusCode, answer);
            }
        }
        catch (Exception e) when (IsNetwork(e, cancellationToken))
        {
            Fail($"{path.Split('/')[^1]}: {ClientStatistics.NameOf(e)}", e.Message);
            return (null, default);
        }
    }

    private static bool IsNetwork(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private void Fail(string answer, string detail)
    {
        stats.Count(answer);
        if (plan.Strict)
        {
            stats.Complain(ViolationKind.RequestFailed, Conversation, $"{answer} {detail.ReplaceLineEndings(" ")}");
        }
    }
}
