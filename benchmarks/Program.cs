using OrleansChat.Benchmarks;
using OrleansChat.Benchmarks.FailureDetection;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.ModelServer;
using OrleansChat.Benchmarks.Relay;
using OrleansChat.Benchmarks.Run;
using OrleansChat.Benchmarks.Store;

var arguments = new Arguments(args.Skip(1));
try
{
    return args.FirstOrDefault() switch
    {
        "run" => await RunCommand.ExecuteAsync(arguments),
        "model-server" => await ModelServerCommand.ExecuteAsync(arguments),
        "relay" => await RelayCommand.ExecuteAsync(arguments),
        "failure-detection" => await FailureDetectionCommand.ExecuteAsync(arguments),
        "load" => await LoadCommand.ExecuteAsync(arguments),
        "store" => await StoreCommand.ExecuteAsync(arguments),
        _ => Usage(),
    };
}
catch (UsageException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: OrleansChat.Benchmarks ROLE [--option value]...

          run                 measure: starts all else, prints and writes the report
          model-server        an OpenAI-compatible model that streams at a given pace
          relay               the baseline: a bare Kestrel relay
          load                the clients
          failure-detection   how soon a cluster notices that a silo has died
          store               measures the stores: appends and activations, early and late in a conversation

        benchmarks/README.md has the options.
        """);
    return 2;
}
