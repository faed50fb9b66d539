using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// Lives through a campaign again, event by event, believing nothing: each must follow in its partition's chain, be the next of
/// its stream, and find the values before it as it names them. What the server signs and what an auditor recounts is computed by this, in
/// the memory of the ballots, the board and the threads. Not safe for concurrent use.
/// </summary>
public sealed class CampaignReplay
{
    private readonly SortedDictionary<int, Chain> chains = [];
    private readonly Dictionary<IdeaId, long> ideas = [];
    private readonly Dictionary<Id, CommentThread> threads = [];

    /// <summary>The campaign; null before its first event.</summary>
    public CampaignId? Campaign { get; private set; }

    /// <summary>How many events there were.</summary>
    public long Events { get; private set; }

    /// <summary>The counts.</summary>
    public Board Board { get; } = new();

    /// <summary>The ballots.</summary>
    public StandingBallots Ballots { get; } = new();

    /// <summary>Where the chain of each partition stands, in the order of their numbers; partitions without an event have none.</summary>
    public IReadOnlyList<PartitionHead> Heads() =>
        [.. chains.Select(static chain => new PartitionHead(chain.Key, chain.Value.Events, Convert.ToHexStringLower(chain.Value.Hash)))];

    /// <summary>How many events a partition had.</summary>
    public long EventsOf(int partition) => chains.TryGetValue(partition, out var chain) ? chain.Events : 0;

    /// <summary>Takes the next event.</summary>
    /// <param name="partition">The number of its partition, 0 or more.</param>
    /// <param name="body">Its frozen written form.</param>
    /// <param name="prev">The hash that it says came before it, 32 bytes.</param>
    /// <param name="hash">The hash that it says it has, 32 bytes.</param>
    /// <returns>The event.</returns>
    /// <exception cref="AuditException">It can't have happened here; the message says why. The replay is of no use any more.</exception>
    public RecordedEvent Apply(int partition, ReadOnlySpan<byte> body, ReadOnlySpan<byte> prev, ReadOnlySpan<byte> hash)
    {
        Follow(partition, body, prev, hash);
        var recorded = Read(body);
        if (Campaign is null && recorded.Event is not CampaignCreated)
            throw new AuditException("a campaign's first event is its creation, and this one is another");
        if (recorded.Stream.Campaign != (Campaign ??= recorded.Stream.Campaign))
            throw new AuditException("it belongs to another campaign");
        try
        {
            Check(recorded);
            Board.Apply(recorded);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new AuditException(e.Message.TrimEnd('.'));
        }
        Events++;
        return recorded;
    }

    private void Follow(int partition, ReadOnlySpan<byte> body, ReadOnlySpan<byte> prev, ReadOnlySpan<byte> hash)
    {
        if (!chains.TryGetValue(partition, out var chain))
            chains.Add(partition, chain = new Chain());
        if (!prev.SequenceEqual(chain.Hash))
        {
            throw new ChainException(chain.Events > 0 && hash.SequenceEqual(chain.Hash)
                ? "it repeats the event before it"
                : chain.Events == 0
                    ? "it is not the first of its chain: an event before it is missing"
                    : "it does not follow the event before it: one of the two was changed, moved or inserted, or one between them is missing");
        }
        HashChain.Next(chain.Hash, body, chain.Hash);
        if (!hash.SequenceEqual(chain.Hash))
            throw new ChainException("its hash is not that of what it says: it was changed");
        chain.Events++;
    }

    private static RecordedEvent Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return EventReader.Read(body);
        }
        catch (FormatException e)
        {
            throw new AuditException(e.Message);
        }
    }

    private void Check(RecordedEvent recorded)
    {
        switch (recorded.Stream.Kind)
        {
            case AggregateKind.Voter:
                Ballots.Apply(recorded);
                break;
            case AggregateKind.Thread:
                var thread = threads.GetValueOrDefault(recorded.Stream.Key, CommentThread.None);
                Next(recorded, thread.Version);
                threads[recorded.Stream.Key] = ThreadCheck.Apply(thread, recorded);
                break;
            case AggregateKind.Idea:
                var idea = new IdeaId(recorded.Stream.Key);
                Next(recorded, ideas.GetValueOrDefault(idea));
                ideas[idea] = recorded.Version;
                Expect(HasOldOf(recorded.Event, Board.Find(idea)));
                Ballots.Apply(recorded);
                break;
            default:
                Next(recorded, Board.Campaign.Version);
                Expect(HasOldOf(recorded.Event, Board.Campaign));
                break;
        }
    }

    private static void Next(RecordedEvent recorded, long version)
    {
        if (recorded.Version != version + 1)
            throw new AuditException($"it is event {recorded.Version} of {recorded.Stream.Kind.ToString().ToLowerInvariant()} {recorded.Stream.Key}, whose next is {version + 1}");
    }

    private static void Expect(bool hasOld)
    {
        if (!hasOld)
            throw new AuditException("the value before it is not the one it names");
    }

    private static bool HasOldOf(Event happened, IdeaTally? idea) => happened switch
    {
        IdeaSubmitted => idea is null,
        IdeaEdited e => idea?.Text == e.Old,
        IdeaRetagged e => idea is not null && idea.Tags.AsSpan().SequenceEqual(e.Old.AsSpan()),
        IdeaCostChanged e => idea is not null && idea.Cost == e.Old,
        IdeaStatusChanged e => idea?.Status == e.Old,
        IdeaTextErased => idea is not null,
        _ => throw new AuditException($"a {happened.GetType().Name} is no event of an idea"),
    };

    private static bool HasOldOf(Event happened, Campaign campaign) => happened switch
    {
        CampaignCreated => !campaign.Exists,
        CampaignDescribed e => campaign.Text == e.Old,
        RulesChanged e => campaign.Rules == e.Old,
        ScheduleChanged e => campaign.Stages.AsSpan().SequenceEqual(e.Old.AsSpan()),
        StageEntered e => campaign.CurrentStage == e.Old,
        ResultsAnnounced e => campaign.Results?.What == e.Old,
        _ => throw new AuditException($"a {happened.GetType().Name} is no event of a campaign"),
    };

    private sealed class Chain
    {
        public byte[] Hash { get; } = HashChain.Origin.ToArray();

        public long Events { get; set; }
    }
}
