using OrleansChat.Benchmarks;
using OrleansChat.Benchmarks.Abuse;
using OrleansChat.Benchmarks.Collector;
using OrleansChat.Benchmarks.FailureDetection;
using OrleansChat.Benchmarks.Hub;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.ModelServer;
using OrleansChat.Benchmarks.Publisher;
using OrleansChat.Benchmarks.Relay;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;
using OrleansChat.Benchmarks.Servers;
using OrleansChat.Benchmarks.Store;

try
{
    var arguments = new Arguments(args.Skip(1));
    return args.FirstOrDefault() switch
    {
        null or "help" or "--help" => Usage(),
        "all" => await RunCommand.ExecuteAllAsync(arguments),
        "report" => await ReportCommand.ExecuteAsync(arguments),
        "model-server" => await ModelServerCommand.ExecuteAsync(arguments),
        "relay" => await RelayCommand.ExecuteAsync(arguments),
        "hub" => await HubCommand.ExecuteAsync(arguments),
        "collector" => await CollectorCommand.ExecuteAsync(arguments),
        "publisher" => await PublisherCommand.ExecuteAsync(arguments),
        "failure-detection" => await FailureDetectionCommand.ExecuteAsync(arguments),
        "abuse" => await AbuseCommand.ExecuteAsync(arguments),
        "store" => await StoreCommand.ExecuteAsync(arguments),
        "load" => await LoadCommand.ExecuteAsync(arguments),
        var name => await RunCommand.ExecuteOneAsync(name, arguments),
    };
}
catch (UsageException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
finally
{
    Leftovers.Delete();
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: OrleansChat.Benchmarks ROLE [--option value]...

        What measures starts all else, prints the report and writes it:

          all            every load below
          replies        everybody asks and reads
          cluster        the same for two silos, an API node and PostgreSQL
          fanout         one conversation, 500 readers
          ceiling        the same at ever higher rates
          stampede       1000 connections cut, and all back at once
          idle           5000 readers to whom nothing happens
          size           cost against history, nodes, conversations
          telemetry      what metrics and traces cost

        Each by itself:

          failure-detection   how soon a cluster notices that a silo has died
          abuse               malformed requests, slow senders and readers, connections without end
          store               the stores: appends and activations, early and late in a conversation

          report         makes one page of several reports

        What they start:

          model-server   an OpenAI-compatible model that streams at a given pace
          relay, hub     the baselines: a bare Kestrel relay, and one for fan-out
          publisher      the application behind nchan
          collector      takes telemetry and throws it away
          load           the clients

        benchmarks/README.md has the options.
        """);
    return 2;
}
