using System.Collections.Immutable;

namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>A recorded reply of each provider, by its name.</summary>
public static class RecordedDialects
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Recording> All { get; } =
    [
        OpenAiRecordings.OpenAi,
        OpenAiRecordings.Azure,
        LocalServerRecordings.Ollama,
        LocalServerRecordings.OldOllama,
        LocalServerRecordings.LlamaCpp,
        LocalServerRecordings.Vllm,
        LocalServerRecordings.Http10,
        HostedRecordings.Gemini,
        HostedRecordings.Gateway,
        OtherProtocolRecordings.Responses,
        OtherProtocolRecordings.Anthropic,
    ];

    /// <summary>OpenAI's Chat Completions with a usage chunk.</summary>
    public static Recording OpenAi => OpenAiRecordings.OpenAi;

    /// <summary>Ollama's.</summary>
    public static Recording Ollama => LocalServerRecordings.Ollama;

    /// <summary>Finds one by its name.</summary>
    public static Recording Get(string name) => All.Single(recording => recording.Name == name);

    /// <summary>The names of those in a protocol.</summary>
    public static IEnumerable<string> Names(ProviderProtocol protocol) =>
        All.Where(recording => recording.Protocol == protocol).Select(recording => recording.Name);
}
