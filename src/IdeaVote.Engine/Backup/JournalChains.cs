using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Backup;

/// <summary>Follows the chains of all campaigns of one journal.</summary>
public sealed class JournalChains
{
    private readonly Dictionary<CampaignId, (byte[] Head, long Events)> chains = [];

    /// <summary>How many events have been followed.</summary>
    public long Events { get; private set; }

    /// <summary>Takes the next event of the journal.</summary>
    /// <exception cref="FormatException">Its hash is not the one that its bytes and its predecessor make.</exception>
    public void Take(StoredRecord record)
    {
        if (!chains.TryGetValue(record.Campaign, out var chain))
            chain = (HashChain.Origin.ToArray(), 0);
        HashChain.Next(chain.Head, record.Body, chain.Head);
        if (!chain.Head.AsSpan().SequenceEqual(record.Hash))
            throw new FormatException($"event {record.Position} is not what was written: its hash does not fit");
        chains[record.Campaign] = (chain.Head, chain.Events + 1);
        Events++;
    }

    /// <summary>What each campaign's chain has come to, in the order of their ids.</summary>
    public IReadOnlyList<BackupChain> ToList() =>
    [
        .. chains.OrderBy(chain => chain.Key.Value).Select(chain => new BackupChain(chain.Key.Value.ToString(), chain.Value.Events, Convert.ToHexStringLower(chain.Value.Head))),
    ];
}
