using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Transfer;

/// <summary>Makes a request of the records of an import, and checks each. Pure.</summary>
internal sealed class ImportBuilder
{
    private const string ConversationShape =
        "The first line is {\"type\": \"conversation\", \"version\": 1, \"title\"?, \"model\"?, \"system\"?, \"metadata\"?, \"created_at\"?, \"head\"?}.";

    private const string MessageShape =
        "A message is {\"type\": \"message\", \"id\", \"parent\", \"role\", \"content\", \"status\"?, \"created_at\"?, \"model\"?, \"finish_reason\"?, \"usage\"?, \"error\"?, \"parts\"?, \"tool_results\"?, \"reasoning\"?, \"tool_calls\"?, \"refusal\"?, \"options\"?, \"answered_by\"?}.";

    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ImportedMessage>.Builder messages = ImmutableArray.CreateBuilder<ImportedMessage>();
    private ConversationRecord? conversation;

    /// <summary>Takes a record in.</summary>
    /// <exception cref="InvalidImportException">It cannot stand here.</exception>
    public void Add(string json, int line, string? content = null)
    {
        switch (RecordJson.TypeOf(json))
        {
            case ConversationRecord.TypeName when conversation is null:
                Begin(RecordJson.Read(json, ApiJson.Default.ConversationRecord, line, ConversationShape), line);
                break;
            case MessageRecord.TypeName when conversation is not null:
                var message = RecordJson.Read(json, ApiJson.Default.MessageRecord, line, MessageShape);
                Add(message with { Content = content ?? message.Content }, line);
                break;
            default:
                throw new InvalidImportException(line, conversation is null ? $"It does not begin a conversation. {ConversationShape}" : MessageShape);
        }
    }

    /// <summary>The request.</summary>
    /// <exception cref="InvalidImportException">There was no conversation.</exception>
    public ImportConversation Build() => conversation is { Head: { } head } && !positions.ContainsKey(head)
        ? throw new InvalidImportException(1, "'head' names no message.")
        : conversation is { } begun
        ? new ImportConversation(
            begun.Title,
            begun.Model,
            begun.System,
            begun.Metadata ?? ImmutableSortedDictionary<string, string>.Empty,
            begun.CreatedAt?.ToUniversalTime(),
            messages.ToImmutable(),
            begun.Head is null ? null : positions[begun.Head])
        : throw new InvalidImportException(1, $"There is no conversation in it. {ConversationShape}");

    private void Begin(ConversationRecord record, int line)
    {
        Check(line, record.Version == ConversationRecord.CurrentVersion, $"'version' is {record.Version}; this server reads {ConversationRecord.CurrentVersion}.");
        try
        {
            Rules.Optional("title", record.Title, Limits.Title);
            Rules.Optional("model", record.Model, Limits.Model);
            Rules.Optional("system", record.System, Limits.System);
            Rules.Metadata(record.Metadata);
        }
        catch (Errors.InvalidRequestException e)
        {
            throw new InvalidImportException(line, e.Message);
        }

        conversation = record;
    }

    private void Add(MessageRecord record, int line)
    {
        var parent = -1;
        Check(line, messages.Count < Limits.ImportMessages, $"There are more than {Limits.ImportMessages} messages.");
        Check(line, record.Id is { Length: > 0 and <= Limits.Model }, $"'id' has 1 to {Limits.Model} characters.");
        Check(line, record.Parent is null || positions.TryGetValue(record.Parent, out parent), "'parent' names no message before this one.");
        Check(line, record.Content is { Length: <= Limits.ImportContent }, $"'content' is missing, or longer than {Limits.ImportContent} characters.");
        var status = record.Status is MessageStatus.InProgress ? MessageStatus.Interrupted : record.Status ?? MessageStatus.Completed;
        if (record.Model is null)
        {
            Check(line, status == MessageStatus.Completed, "'status' is \"completed\" unless a 'model' says that it is a reply.");
            Check(line, record is { FinishReason: null, Usage: null, Error: null, AnsweredBy: null }, "'finish_reason', 'usage', 'error' and 'answered_by' are a reply's, which has a 'model'.");
        }
        else
        {
            Check(line, record.Model.Length is > 0 and <= Limits.Model, $"'model' has 1 to {Limits.Model} characters.");
            Check(line, record is { Role: MessageRole.Assistant }, "A reply, which has a 'model', has the role \"assistant\".");
            Check(line, record.FinishReason is null or { Length: > 0 and <= Limits.Model } && (record.FinishReason is null || status == MessageStatus.Completed), "'finish_reason' is a word of a completed reply.");
            Check(line, (record.Error is not null) == (status == MessageStatus.Failed), "'error' is there if 'status' is \"failed\", and only then.");
            Check(line, record.Error is null or { Code.Length: <= Limits.Model, Message.Length: <= Limits.ImportContent }, "'error' is {\"code\", \"message\", \"retryable\"?}.");
            Check(line, record.AnsweredBy is null or { Length: > 0 and <= Limits.Model }, $"'answered_by' has 1 to {Limits.Model} characters.");
        }

        CheckContents(record, line);
        Check(line, positions.TryAdd(record.Id!, messages.Count), "'id' is that of a message before this one.");
        messages.Add(new ImportedMessage(
            record.Parent is null ? null : parent,
            record.Role,
            record.Content!,
            status,
            record.CreatedAt?.ToUniversalTime(),
            record.Model,
            record.FinishReason,
            record.Usage,
            record.Error,
            record.AnsweredBy)
        {
            Parts = PartRules.Beyond(record.Parts),
            ToolResults = record.ToolResults ?? [],
            Reasoning = record.Reasoning ?? [],
            ToolCalls = record.ToolCalls ?? [],
            Refusal = record.Refusal,
            Options = OptionRules.OrNull(record.Options),
        });
    }

    private static void CheckContents(MessageRecord record, int line)
    {
        try
        {
            if (record.Parts is { } parts)
            {
                PartRules.Check("parts", parts, Limits.ImportContent);
            }

            if (record.ToolResults is { } results)
            {
                PartRules.Check("tool_results", results, Limits.ImportContent);
            }

            OptionRules.Check("options", record.Options);
        }
        catch (Errors.InvalidRequestException e)
        {
            throw new InvalidImportException(line, e.Message);
        }

        Check(line, record.Parts is null || record.Role is MessageRole.User or MessageRole.System, "'parts' are of a message with the role \"user\" or \"system\".");
        Check(line, record.ToolResults is null || record.Role == MessageRole.Tool, "'tool_results' are of a message with the role \"tool\".");
        Check(line, record.ToolCalls is null || record.Role == MessageRole.Assistant, "'tool_calls' are of a message with the role \"assistant\".");
        Check(line, record.Role == MessageRole.Assistant || record is { Reasoning: null, Refusal: null }, "'reasoning' and 'refusal' are of a message with the role \"assistant\".");
        Check(line, record.Model is not null || record.Options is null, "'options' are a reply's, which has a 'model'.");
        Check(line, record.Refusal is null or { Length: <= Limits.ImportContent }, $"'refusal' is longer than {Limits.ImportContent} characters.");
        Check(line, (record.Reasoning ?? []).All(block => block is { Text.Length: <= Limits.ImportContent, Signature: null or { Length: <= Limits.ImportContent } }), "'reasoning' is a list of {\"text\", \"signature\"?}.");
        Check(
            line,
            record.ToolCalls is not { } calls || (calls.Length <= Limits.ToolResults
                && calls.All(call => call is { Id.Length: >= 1 and <= Limits.ToolCallId, Name.Length: <= Limits.ToolCallId, Arguments.Length: <= Limits.ImportContent })
                && calls.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count() == calls.Length),
            $"'tool_calls' is a list of up to {Limits.ToolResults} {{\"id\", \"name\", \"arguments\"}}, each with an id of its own.");
    }

    private static void Check(int line, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidImportException(line, otherwise);
        }
    }
}
