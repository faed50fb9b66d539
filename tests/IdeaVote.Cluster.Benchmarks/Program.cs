using System.Runtime;
using IdeaVote.Cluster.Benchmarks;
using IdeaVote.Storage.Postgres.Tests.Server;

if (PostgresBinaries.WhyNot is { } missing)
{
    Console.Error.WriteLine(missing);
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");
await VoteFigures.RunAsync(new Report(Console.Out));
return 0;
