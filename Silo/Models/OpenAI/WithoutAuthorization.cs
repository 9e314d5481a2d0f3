using System.ClientModel.Primitives;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// For endpoints that ask for no key, such as Ollama: takes the <c>Authorization</c> header away again that the SDK insists on.
/// (Its constructor that takes an authentication policy instead is experimental.)
/// </summary>
internal sealed class WithoutAuthorization : PipelinePolicy
{
    private const string Header = "Authorization";

    /// <inheritdoc/>
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        ProcessNext(message, pipeline, currentIndex);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }
}
