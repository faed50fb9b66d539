using IdeaVote.Engine.Grains.Wire;
using Orleans.Concurrency;

namespace IdeaVote.Engine.Grains;

/// <summary>A partition's grain: the one who writes it. Its key is the partition's name.</summary>
[Alias("ideavote.journal")]
public interface IJournalGrain : IGrainWithStringKey
{
    /// <summary>Announces a new activation of an aggregate; see <see cref="Partitions.IPartition.OpenAsync"/>.</summary>
    [Alias("open")]
    Task<WireOutcome> OpenAsync(byte[] stream);

    /// <summary>Appends what turns of different aggregates decided; see <see cref="Partitions.IPartition.AppendAsync"/>.</summary>
    /// <returns>The outcome of each, in the same order.</returns>
    [Alias("append")]
    Task<WireOutcome[]> AppendAsync(WireAppend[] appends);

    /// <summary>Asks to be told of appends for the next two minutes.</summary>
    [Alias("subscribe")]
    Task SubscribeAsync(IFeedObserver observer);
}

/// <summary>A process that wants to know when there is something new.</summary>
[Alias("ideavote.observer")]
public interface IFeedObserver : IGrainObserver
{
    /// <summary>Says that a partition has grown. It may be lost: who must know looks now and then.</summary>
    [OneWay, Alias("grown")]
    Task GrownAsync(string partition);
}

/// <summary>Sees to a campaign's refunds and merges. Its key is the campaign.</summary>
[Alias("ideavote.refunds")]
public interface IFollowUpGrain : IGrainWithStringKey
{
    /// <summary>Says that something may soon be owed to voters; from now on it looks after that until nothing is, also if its process dies.</summary>
    [Alias("watch")]
    Task WatchAsync();
}
