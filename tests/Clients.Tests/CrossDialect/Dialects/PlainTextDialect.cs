using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>Plain text, which has no cursors: who is cut off has to begin again.</summary>
internal sealed class PlainTextDialect : Dialect
{
    public override string Name => "plain text";

    public override async Task<Reading> StartAsync(ChatApi api, string question) => new PlainReading(
        api,
        await api.Http.GetAsync(new Uri($"/stream?prompt={Uri.EscapeDataString(question)}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));

    private sealed class PlainReading(ChatApi api, HttpResponseMessage response) : Reading
    {
        private StreamReader? reader;

        public override async Task<bool> NextAsync()
        {
            reader ??= new StreamReader(await response.Content.ReadAsStreamAsync());
            var buffer = new char[64];
            var read = await reader.ReadAsync(buffer).AsTask().WaitAsync(OrleansChat.Testing.Time.TestLimits.Signal);
            Text += new string(buffer, 0, read);
            return read > 0;
        }

        public override async Task<Place> PlaceAsync()
        {
            var (conversation, reply) = await PlacesOf.ReplyInAsync(api, response);
            return new Place(conversation, reply, 0, "").Beginning;
        }

        protected override void Dispose(bool disposing)
        {
            reader?.Dispose();
            response.Dispose();
        }
    }
}
