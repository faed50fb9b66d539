using IdeaVote.Engine.Grains;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>A voter who keeps the ballot the way grains usually do.</summary>
[Alias("ideavote.bench.voter")]
public interface IUsualVoterStateGrain : IAggregateGrain;

/// <summary>A voter who keeps it so, too, in a storage made for nothing else.</summary>
[Alias("ideavote.bench.voter-lean")]
public interface ILeanVoterStateGrain : IAggregateGrain;
