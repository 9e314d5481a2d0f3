using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Middleware;

/// <summary>Puts the registered filters before every model; without any there is nothing to pay.</summary>
internal sealed class ContentFilterMiddleware(IEnumerable<IContentFilter> filters) : IChatClientMiddleware
{
    private readonly IContentFilter[] all = [.. filters];

    public IChatClient Wrap(IChatClient inner, ModelInfo model) => all.Length == 0 ? inner : new FilteredChatClient(inner, model, all);
}
