using IdeaVote.Engine.Grains.Wire;

namespace IdeaVote.Engine.Grains;

/// <summary>An aggregate's grain. Its key is <see cref="Partitions.StreamKey.Of"/>.</summary>
public interface IAggregateGrain : IGrainWithStringKey
{
    /// <summary>Runs a command, or without one reads.</summary>
    /// <param name="command">The command; null to read.</param>
    [Alias("handle")]
    ValueTask<WireReply> HandleAsync(WireCommand? command);
}

/// <summary>A campaign's grain.</summary>
[Alias("ideavote.campaign")]
public interface ICampaignGrain : IAggregateGrain;

/// <summary>An idea's grain.</summary>
[Alias("ideavote.idea")]
public interface IIdeaGrain : IAggregateGrain;

/// <summary>A voter's grain: one ballot in one campaign.</summary>
[Alias("ideavote.voter")]
public interface IVoterGrain : IAggregateGrain;

/// <summary>A thread's grain.</summary>
[Alias("ideavote.thread")]
public interface IThreadGrain : IAggregateGrain;
