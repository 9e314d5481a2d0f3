using OrleansChat.Browser.Tests.Browsing;

namespace OrleansChat.Browser.Tests.Security;

/// <summary>What a page of somebody else, open in the same browser, can try.</summary>
internal static class Attack
{
    // All that a page may send anywhere without asking, and what it would read.
    private const string Script =
        """
        async address => {
          const read = [];
          const ask = async (path, options) => {
            try {
              const response = await fetch(address + path, { credentials: 'include', ...options });
              if (response.type !== 'opaque') read.push(`${path}: ${await response.text()}`);
            } catch { }
          };
          await ask('conversations');
          await ask('session');
          await ask('conversations', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{"title":"planted"}' });
          await ask('conversations', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"title":"planted"}' });
          await ask('chat?message=planted', { method: 'POST', mode: 'no-cors' });
          await ask('stream?prompt=planted', { mode: 'no-cors' });
          await ask('chat/stream?message=planted', { mode: 'no-cors' });
          await new Promise(done => { const picture = new Image(); picture.onerror = picture.onload = done; picture.src = address + 'stream?prompt=planted'; });
          await new Promise(done => {
            const source = new EventSource(address + 'events', { withCredentials: true });
            source.onerror = () => { source.close(); done(); };
            source.onopen = () => { read.push('events'); source.close(); done(); };
          });
          await new Promise(done => {
            const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { name: 'target' }));
            const form = document.body.appendChild(document.createElement('form'));
            Object.assign(form, { action: address + 'chat?message=planted', method: 'post', target: 'target', enctype: 'text/plain' });
            form.append(Object.assign(document.createElement('input'), { name: '{"title":"planted","x":"', value: '"}' }));
            frame.onload = done;
            form.submit();
          });
          return read;
        }
        """;

    /// <summary>A visit during which the browser complains about what the attack tries.</summary>
    public static VisitOptions Visit { get; } =
        VisitOptions.Default with { Complaints = ["CORS", "status of 403", "status of 401", "net::ERR_", "EventSource", "frame", "Framing", "MIME"] };

    /// <summary>Attacks; returns what the attacker could read.</summary>
    /// <param name="host">The attacker's host: <c>localhost</c> is another site than <c>127.0.0.1</c>, and that at another port the same one.</param>
    /// <param name="victim">A page of the visitor.</param>
    /// <param name="address">The product.</param>
    public static async Task<string[]> FromAsync(string host, ChatPage victim, Uri address)
    {
        await using var elsewhere = await Elsewhere.StartAsync();
        var attacker = await victim.Visit.Context.NewPageAsync();
        await attacker.GotoAsync($"http://{host}:{elsewhere.Port}/");
        return await attacker.EvaluateAsync<string[]>(Script, address.ToString());
    }
}
