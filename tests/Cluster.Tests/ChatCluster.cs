using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using OrleansChat.Cluster.Tests.Delivery;
using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Journal;
using OrleansChat.Keys;
using OrleansChat.Models;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Keys;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Cluster.Tests;

/// <summary>
/// Two silos over TCP with one store between them, whose streams can be made faulty, and models that tests drive. One cluster
/// at a time: TestingHost creates its configurators itself, so what they share is static.
/// </summary>
internal sealed class ChatCluster : IAsyncDisposable
{
    private static ChatCluster? current;

    private readonly TemporaryDirectory directory = new();

    private readonly IConversationStore silosStore;
    private readonly Action<ISiloBuilder> configure;
    private readonly TimeSpan? collectionAge;

    private ChatCluster(
        TimeSpan silenceTimeout,
        TakeOver takeOver,
        OnBreak onBreak,
        IChatClient? client,
        Func<IConversationStore, IConversationStore>? before,
        Action<ISiloBuilder>? configure,
        TimeSpan? collectionAge)
    {
        Store = new FilesConversationStore(
            Options.Create(new FilesStoreOptions { Path = directory.Path }), NullLogger<FilesConversationStore>.Instance);
        silosStore = before?.Invoke(Store) ?? Store;
        this.configure = configure ?? (_ => { });
        this.collectionAge = collectionAge;
        Catalog = new OneModel(client ?? Model, silenceTimeout, takeOver, onBreak);
        current = this;
    }

    /// <summary>The silos.</summary>
    public TestCluster Silos { get; private set; } = null!;

    /// <summary>The one model, whose replies tests write.</summary>
    public ScriptedChatClient Model { get; } = new();

    /// <summary>Where all silos keep conversations.</summary>
    public FilesConversationStore Store { get; }

    /// <summary>What goes wrong with stream items.</summary>
    public StreamFaults Faults { get; } = new();

    private IModelCatalog Catalog { get; }

    /// <summary>Starts a cluster.</summary>
    /// <param name="silenceTimeout">How long the model may be silent. Default a minute.</param>
    /// <param name="takeOver">What becomes of its replies when their silo is gone.</param>
    /// <param name="onBreak">What becomes of its replies when it breaks off.</param>
    /// <param name="client">What takes the place of <see cref="Model"/>; null for nothing.</param>
    /// <param name="before">Puts something between the silos and their store.</param>
    /// <param name="configure">What else there is to configure in each silo.</param>
    /// <param name="collectionAge">
    /// After what time without use grains are collected, for a test that waits for it; more than 0.5 s. Null for as in the product: in no test's time.
    /// </param>
    public static async Task<ChatCluster> StartAsync(
        TimeSpan? silenceTimeout = null,
        TakeOver takeOver = TakeOver.Restart,
        OnBreak onBreak = OnBreak.Fail,
        IChatClient? client = null,
        Func<IConversationStore, IConversationStore>? before = null,
        Action<ISiloBuilder>? configure = null,
        TimeSpan? collectionAge = null)
    {
        var cluster = new ChatCluster(silenceTimeout ?? TimeSpan.FromMinutes(1), takeOver, onBreak, client, before, configure, collectionAge);
        var builder = new TestClusterBuilder(initialSilosCount: 2) { PortAllocator = new LowPorts() };
        builder.Options.ConnectionTransport = ConnectionTransportType.TcpSocket;
        builder.AddSiloBuilderConfigurator<ConfigureSilo>();
        cluster.Silos = builder.Build();
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    /// <summary>An API node that knows only one silo's gateway.</summary>
    public Task<ApiNode> StartApiAsync(SiloHandle silo) =>
        ApiNode.StartAsync(Silos.Options.ClusterId, Silos.Options.ServiceId, GatewayOf(silo), Faults);

    /// <summary>The grain of a conversation.</summary>
    public IConversationGrain Grain(string conversation) =>
        Silos.GrainFactory.GetGrain<IConversationGrain>($"{OwnerId.Local}/{conversation}");

    /// <summary>Creates a conversation on a silo of the test's choice.</summary>
    public async Task<string> CreateOnAsync(SiloHandle silo)
    {
        var id = ConversationId.New(TimeProvider.System).Value;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        await Grain(id).Create(
            OwnerId.Local, new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []));
        RequestContext.Clear();
        return id;
    }

    /// <summary>Whether a grain is active on any silo. Asks the silos themselves: the directory's answers may be cached.</summary>
    public async Task<bool> IsActiveAsync(IAddressable grain)
    {
        var id = grain.GetGrainId();
        var active = await Silos.GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return active.Any(statistic => statistic.GrainId == id);
    }

    /// <summary>The silo on which a conversation is active.</summary>
    public async Task<SiloHandle> SiloOfAsync(string conversation)
    {
        var address = await Silos.GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(Grain(conversation))
            ?? throw new InvalidOperationException($"{conversation} is not active.");
        return Silos.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.StopAllSilosAsync();
        await Silos.DisposeAsync();
        Store.Dispose();
        directory.Dispose();
        current = null;
    }

    private static IPEndPoint GatewayOf(SiloHandle silo) => silo.GatewayAddress.Endpoint;

    private sealed class ConfigureSilo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            var cluster = current!;
            // As an instance: the first silo to stop must not dispose of what the other still uses.
            siloBuilder.Services.AddSingleton(cluster.silosStore);
            siloBuilder.Services.AddSingleton<IKeyStore>(new FilesKeyStore(Options.Create(new FilesStoreOptions { Path = cluster.directory.Path })));
            siloBuilder.Services.AddSingleton(cluster.Catalog);
            siloBuilder.AddFaultyDelivery(cluster.Faults);
            siloBuilder.AddConversations();
            cluster.configure(siloBuilder);

            if (cluster.collectionAge is { } age)
            {
                siloBuilder.Configure<GrainCollectionOptions>(options =>
                {
                    options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
                    options.CollectionAge = age;
                });
            }
        }
    }

    private sealed class OneModel(IChatClient client, TimeSpan silenceTimeout, TakeOver takeOver, OnBreak onBreak) : IModelCatalog
    {
        public ImmutableArray<Model> Models { get; } =
            [new Model(new ModelInfo("scripted", "tests", IsDefault: true), client, silenceTimeout, silenceTimeout, takeOver) { OnBreak = onBreak }];

        public bool TryGet(string name, [NotNullWhen(true)] out Model? model)
        {
            model = name == "scripted" ? Models[0] : null;
            return model is not null;
        }
    }
}
