using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Snapshots;

/// <summary>
/// The written form of aggregates' states. A cache: when a state changes its shape, <see cref="Format"/> goes up, and the
/// snapshots of the old format are thrown away and made again from the journal.
/// </summary>
public static class AggregateSnapshots
{
    /// <summary>The format of all snapshots, boards' included.</summary>
    public const int Format = 4;

    // Hundreds of thousands are written in a row by one thread.
    [ThreadStatic]
    private static SnapshotWriter? writer;

    /// <summary>Writes a state.</summary>
    public static byte[] Write(Aggregate state)
    {
        var output = writer ??= new SnapshotWriter();
        output.Write(state.Version);
        switch (state)
        {
            case Voter voter:
                Write(output, voter);
                break;
            case Idea idea:
                Write(output, idea);
                break;
            case Campaign campaign:
                CampaignSnapshot.Write(output, campaign);
                break;
            case CommentThread thread:
                ThreadSnapshot.Write(output, thread);
                break;
            default:
                throw new ArgumentException($"{state.GetType().Name} has no snapshot.", nameof(state));
        }
        return output.ToArray();
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static Aggregate Read(AggregateKind kind, ReadOnlySpan<byte> bytes)
    {
        var input = new SnapshotReader(bytes);
        var version = input.ReadLong();
        return kind switch
        {
            AggregateKind.Voter => ReadVoter(ref input, version),
            AggregateKind.Idea => ReadIdea(ref input, version),
            AggregateKind.Campaign => CampaignSnapshot.Read(ref input, version),
            AggregateKind.Thread => ThreadSnapshot.Read(ref input, version),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of aggregate."),
        };
    }

    private static void Write(SnapshotWriter output, Voter voter)
    {
        var ballot = voter.Ballot;
        output.Write(ballot.Approvals.Count);
        foreach (var (idea, first) in ballot.Approvals)
        {
            output.Write(idea.Value);
            output.Write(first);
        }
        output.Write(ballot.Ratings.Count);
        foreach (var (idea, rating) in ballot.Ratings)
        {
            output.Write(idea.Value);
            output.Write((long)rating.Scores.ToPacked());
            output.Write(rating.First);
        }
        output.Write(ballot.Investments.Count);
        foreach (var (idea, investment) in ballot.Investments)
        {
            output.Write(idea.Value);
            output.Write((long)investment.Credits);
            output.Write(investment.First);
            output.Write(investment.Version);
        }
        output.Write(ballot.Duels.Count);
        foreach (var (pair, duel) in ballot.Duels)
        {
            output.Write(pair.One.Value);
            output.Write(pair.Other.Value);
            output.Write((long)duel.Winner);
            output.Write(duel.First);
        }
        output.Write(ballot.Order.Ideas.Length);
        foreach (var idea in ballot.Order.Ideas)
            output.Write(idea.Value);
        if (!ballot.Order.Ideas.IsEmpty)
            output.Write(ballot.Order.First);
        output.Write(voter.Segment?.Value);
        output.Write(voter.Attributes);
        output.Write(voter.Obeyed.Length);
        foreach (var obeyed in voter.Obeyed)
        {
            output.Write(obeyed.Id.Value);
            output.Write(obeyed.Version);
        }
    }

    private static Voter ReadVoter(ref SnapshotReader input, long version)
    {
        var approvals = new List<KeyValuePair<IdeaId, Instant>>();
        for (var count = input.ReadInt(); count > 0; count--)
            approvals.Add(new(new IdeaId(input.ReadId()), input.ReadInstant()));
        var ratings = new List<KeyValuePair<IdeaId, Rating>>();
        for (var count = input.ReadInt(); count > 0; count--)
            ratings.Add(new(new IdeaId(input.ReadId()), new Rating(Scores.FromPacked((ulong)input.ReadLong()), input.ReadInstant())));
        var investments = new List<KeyValuePair<IdeaId, Investment>>();
        long spent = 0;
        for (var count = input.ReadInt(); count > 0; count--)
        {
            var idea = new IdeaId(input.ReadId());
            var investment = new Investment(input.ReadInt(), input.ReadInstant(), input.ReadLong());
            investments.Add(new(idea, investment));
            spent += investment.Credits;
        }
        var duels = new List<KeyValuePair<Pair, DuelChoice>>();
        for (var count = input.ReadInt(); count > 0; count--)
            duels.Add(new(Pair.Of(new IdeaId(input.ReadId()), new IdeaId(input.ReadId())), new DuelChoice((Winner)input.ReadInt(), input.ReadInstant())));
        var ideas = ImmutableArray.CreateBuilder<IdeaId>();
        for (var count = input.ReadInt(); count > 0; count--)
            ideas.Add(new IdeaId(input.ReadId()));
        var order = ideas.Count == 0 ? Order.None : new Order(ideas.DrainToImmutable(), input.ReadInstant());
        var segment = input.ReadMaybeId() is { } id ? new TermId(id) : (TermId?)null;
        var attributes = input.ReadMaybeText();
        var obeyed = ImmutableArray.CreateBuilder<ObeyedCommand>();
        for (var count = input.ReadInt(); count > 0; count--)
            obeyed.Add(new ObeyedCommand(new CommandId(input.ReadId()), input.ReadLong()));
        var ballot = new Ballot(
            VoteMap<IdeaId, Instant>.FromOrdered(approvals), VoteMap<IdeaId, Rating>.FromOrdered(ratings), VoteMap<IdeaId, Investment>.FromOrdered(investments), spent)
        {
            Duels = VoteMap<Pair, DuelChoice>.FromOrdered(duels),
            Order = order,
        };
        return Voter.Restore(version, ballot, segment, attributes, obeyed.DrainToImmutable());
    }

    private static void Write(SnapshotWriter output, Idea idea)
    {
        output.Write(idea.Revisions.Length);
        foreach (var revision in idea.Revisions)
        {
            output.Write(revision.At);
            output.Write(revision.Text);
        }
        output.Write(idea.Statuses.Length);
        foreach (var entry in idea.Statuses)
        {
            output.Write(entry.At);
            output.Write((long)entry.Status);
            output.Write(entry.Answer);
        }
        output.Write(idea.Tags);
        output.Write(idea.Cost);
        output.Write(idea.Authors.Length);
        foreach (var author in idea.Authors)
            output.Write(author.Value);
        output.Write(idea.Erased.Length);
        foreach (var text in idea.Erased)
            output.Write(text.Value);
    }

    private static Idea ReadIdea(ref SnapshotReader input, long version)
    {
        var revisions = ImmutableArray.CreateBuilder<Revision>();
        for (var count = input.ReadInt(); count > 0; count--)
            revisions.Add(new Revision(input.ReadInstant(), input.ReadText()));
        var statuses = ImmutableArray.CreateBuilder<StatusEntry>();
        for (var count = input.ReadInt(); count > 0; count--)
            statuses.Add(new StatusEntry(input.ReadInstant(), (IdeaStatus)input.ReadInt(), input.ReadMaybeText()));
        var tags = input.ReadTerms();
        var cost = input.ReadMaybeDecimal();
        var authors = ImmutableArray.CreateBuilder<VoterId>();
        for (var count = input.ReadInt(); count > 0; count--)
            authors.Add(new VoterId(input.ReadId()));
        var erased = ImmutableArray.CreateBuilder<TextId>();
        for (var count = input.ReadInt(); count > 0; count--)
            erased.Add(new TextId(input.ReadId()));
        return Idea.Restore(
            version, revisions.DrainToImmutable(), statuses.DrainToImmutable(), tags, cost, authors.DrainToImmutable(), erased.DrainToImmutable());
    }
}
