using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Hosting;

namespace IdeaVote.Engine.Grains;

/// <summary>A voter's ballot in one campaign.</summary>
/// <param name="parts">What the silo has for it.</param>
public sealed class VoterGrain(SiloParts parts) : AggregateGrain(AggregateKind.Voter, parts), IVoterGrain;

/// <summary>A thread of comments.</summary>
/// <param name="parts">What the silo has for it.</param>
public sealed class ThreadGrain(SiloParts parts) : AggregateGrain(AggregateKind.Thread, parts), IThreadGrain;
