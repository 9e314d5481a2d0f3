using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OrleansChat.Testing.Certificates;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Mutual TLS between the processes of a cluster.</summary>
public sealed class TlsTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private const string NotYet = "No silo answers yet";
    private const string Refused = "Authentication failed";
    private const string ToldOff = "sent preamble length of 2147483647";

    [PostgresFact]
    public async Task A_cluster_works_by_it()
    {
        var api = fixture.Cluster.Apis[0].Api;
        var conversations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.CreateAsync()));
        foreach (var conversation in conversations)
        {
            using var reader = await api.SendAndFollowAsync(conversation, "why? [demo: tokens=20]");
            await reader.ToEndAsync();
            Assert.Equal("reply.completed", reader.Events[^1].Type);
        }

        Assert.Equal(2, await fixture.ActiveSilosAsync());
        Assert.All(fixture.Cluster.Silos, silo => Assert.Contains($"take mutual TLS; the certificate here, CN={silo.Name}, is valid until", silo.Log, StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_API_node_without_a_certificate_of_its_authority_gets_no_answer(bool hasAnother)
    {
        using var other = new TestAuthority("The cluster's authority");
        using var files = new ClusterFiles(other, other.Pem + "\n" + fixture.Authority.Pem);
        await using var strangers = fixture.Strangers($"tls-strange-api-{hasAnother}", hasAnother ? files.Settings : []);
        var node = strangers.AddApi();

        var starting = node.StartAsync();
        await UntilLoggedAsync(node, NotYet, times: 2);

        // Nor, where it is not even alive, is it ready.
        Assert.False(starting.IsCompleted);
        await node.KillAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
        await StillWorksAsync();
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silo_without_a_certificate_of_its_authority_never_joins(bool hasAnother)
    {
        using var other = new TestAuthority("The cluster's authority");
        using var files = new ClusterFiles(other, other.Pem + "\n" + fixture.Authority.Pem);
        await using var strangers = fixture.Strangers($"tls-strange-silo-{hasAnother}", hasAnother ? files.Settings : []);
        var silo = strangers.AddSilo();
        var before = fixture.Cluster.Silos.Select(known => known.Log.Length).ToArray();

        var starting = silo.StartAsync();
        await Task.WhenAny(starting, Task.WhenAny(
            fixture.Cluster.Silos.Select((known, i) => UntilLoggedAsync(known, Refused, times: 1, after: before[i]))));

        Assert.False(starting.IsCompletedSuccessfully);
        Assert.Equal(2, await fixture.ActiveSilosAsync());
        await silo.KillAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
        await StillWorksAsync();
    }

    [PostgresFact]
    public async Task Neither_port_lets_anybody_in_without_a_certificate_of_its_authority_for_clients()
    {
        using var other = new TestAuthority("The cluster's authority");
        var silo = fixture.Cluster.Silos[0];
        var before = silo.Log.Length;
        foreach (var (port, ports) in new[] { (silo.Endpoint, 1), (silo.Gateway, 2) })
        {
            // One that has a certificate is in, and is told off for what it says.
            using var guest = Own(fixture.Authority.Issue("guest"));
            await SpeakAsync(port, guest);
            await UntilLoggedAsync(silo, ToldOff, times: ports, before);

            X509Certificate2?[] strangers =
            [
                null,
                Own(other.Issue("guest")),
                Own(fixture.Authority.Issue("guest", forClients: false)),
                Own(fixture.Authority.Issue("guest", until: DateTimeOffset.UtcNow.AddMinutes(-5))),
            ];
            foreach (var stranger in strangers)
            {
                var refused = TimesIn(silo.Log[before..], Refused);
                Assert.False(await SpeakAsync(port, stranger), $"{stranger?.Subject} of {stranger?.Issuer} is in.");
                await UntilLoggedAsync(silo, Refused, refused + 1, before);
                Assert.Equal(ports, TimesIn(silo.Log[before..], ToldOff));
                stranger?.Dispose();
            }
        }
    }

    [PostgresFact]
    public async Task A_renewed_certificate_is_shown_from_the_next_connection_on_and_half_of_one_is_not()
    {
        var silo = fixture.Cluster.Silos[1];
        var files = fixture.FilesOf(silo);
        using var guest = Own(fixture.Authority.Issue("guest"));
        Assert.Equal($"CN={silo.Name}", await ShownAsync(silo.Gateway, guest));

        var (certificate, key) = fixture.Authority.Issue("renewed");
        await File.WriteAllTextAsync(files.Certificate, certificate);
        Assert.Equal($"CN={silo.Name}", await ShownAsync(silo.Gateway, guest));
        await UntilLoggedAsync(silo, "have changed and do not fit", times: 1);

        files.Write((certificate, key));
        Assert.Equal("CN=renewed", await ShownAsync(silo.Gateway, guest));
        await StillWorksAsync();
    }

    [PostgresFact]
    public async Task Half_of_the_settings_do_not_start()
    {
        await using var strangers = fixture.Strangers("tls-half", ("Cluster__Tls__Certificate", "/tls.crt"));

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => strangers.AddSilo().StartAsync());

        Assert.Contains("missing: Cluster:Tls:Key, Cluster:Tls:Authority.", ended.Message, StringComparison.Ordinal);
    }

    private async Task StillWorksAsync()
    {
        using var reader = await fixture.Cluster.Apis[0].Api.SendAndFollowAsync(await fixture.Cluster.Apis[0].Api.CreateAsync(), "why? [demo: tokens=5]");
        await reader.ToEndAsync();
        Assert.Equal("reply.completed", reader.Events[^1].Type);
    }

    private static async Task UntilLoggedAsync(ClusterProcess process, string text, int times, int after = 0)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (TimesIn(process.Log[Math.Min(after, process.Log.Length)..], text) < times)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"'{text}' was not logged {times} times:\n{process.Log[after..]}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static int TimesIn(string log, string text) => log.Split(text).Length - 1;

    private static X509Certificate2 Own((string Certificate, string Key) issued) => X509Certificate2.CreateFromPem(issued.Certificate, issued.Key);

    private static async Task<string> ShownAsync(IPEndPoint port, X509Certificate2 own)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(port);
        await using var tls = await GreetAsync(client, own);
        return tls.RemoteCertificate!.Subject;
    }

    // Says what no silo would, listens until the other side hangs up, for who hangs up first is not told off, and tells whether anything came
    // back. TLS 1.3 has clients believe that they are in before they are.
    private static async Task<bool> SpeakAsync(IPEndPoint port, X509Certificate2? own)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(port);
        var heard = false;
        try
        {
            await using var tls = await GreetAsync(client, own);
            await tls.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0x7f });
            var some = new byte[1024];
            while (await tls.ReadAsync(some).AsTask().WaitAsync(TestLimits.Signal) > 0)
            {
                heard = true;
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // Not let in, or cut off.
        }

        return heard;
    }

    private static async Task<SslStream> GreetAsync(TcpClient client, X509Certificate2? own)
    {
        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "",
            ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
            ApplicationProtocols = [new SslApplicationProtocol("Orleans1")],
        });
        return tls;
    }
}
