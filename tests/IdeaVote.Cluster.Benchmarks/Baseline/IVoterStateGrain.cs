using IdeaVote.Engine.Grains;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>A voter who keeps the ballot the way grains usually do.</summary>
[Alias("ideavote.bench.voter")]
public interface IVoterStateGrain : IAggregateGrain;
