using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Domain.Voters.Merging;

namespace IdeaVote.Engine.Snapshots;

/// <summary>The written form of voters.</summary>
internal static class VoterSnapshot
{
    /// <summary>Writes a voter.</summary>
    public static void Write(SnapshotWriter output, Voter voter)
    {
        Write(output, voter.Ballot);
        output.Write(voter.Segment?.Value);
        output.Write(voter.Attributes);
        output.Write(voter.Obeyed.Length);
        foreach (var obeyed in voter.Obeyed)
        {
            output.Write(obeyed.Id.Value);
            output.Write(obeyed.Version);
        }
        Write(output, voter.Merged);
        output.Write(voter.HasVoted);
        output.Write(voter.Invitation?.By.Value);
        if (voter.Invitation is { } invitation)
            output.Write(invitation.Idea?.Value);
    }

    /// <summary>Reads a voter.</summary>
    public static Voter Read(ref SnapshotReader input, long version)
    {
        var ballot = ReadBallot(ref input);
        var segment = input.ReadMaybeId() is { } id ? new TermId(id) : (TermId?)null;
        var attributes = input.ReadMaybeText();
        var obeyed = ImmutableArray.CreateBuilder<ObeyedCommand>();
        for (var count = input.ReadInt(); count > 0; count--)
            obeyed.Add(new ObeyedCommand(new CommandId(input.ReadId()), input.ReadLong()));
        var merged = ReadMerged(ref input);
        var hasVoted = input.ReadBool();
        var invitation = input.ReadMaybeId() is { } inviter
            ? new VoterInvited(new VoterId(inviter), input.ReadMaybeId() is { } shown ? new IdeaId(shown) : null)
            : null;
        return Voter.Restore(version, ballot, segment, attributes, obeyed.DrainToImmutable(), merged, invitation, hasVoted);
    }

    private static void Write(SnapshotWriter output, MergedVotes merged)
    {
        output.Write(merged.Links.Length);
        // Few ballots hold merged votes, and millions are written.
        if (merged.Links.IsEmpty)
            return;
        foreach (var link in merged.Links)
        {
            output.Write(link.From.Value);
            output.Write(link.Into.Value);
            output.Write(link.Cause);
        }
        Write(output, merged.Cast);
        output.Write(merged.Credits.Count);
        foreach (var (idea, credits) in merged.Credits.OrderBy(static entry => entry.Key))
        {
            output.Write(idea.Value);
            output.Write((long)credits);
        }
    }

    private static MergedVotes ReadMerged(ref SnapshotReader input)
    {
        var links = ImmutableArray.CreateBuilder<MergeLink>();
        for (var count = input.ReadInt(); count > 0; count--)
            links.Add(new MergeLink(new IdeaId(input.ReadId()), new IdeaId(input.ReadId()), input.ReadLong()));
        if (links.Count == 0)
            return MergedVotes.None;
        // What was cast is not what is spent.
        var cast = ReadBallot(ref input) with { SpentCredits = 0 };
        var credits = ImmutableDictionary.CreateBuilder<IdeaId, int>();
        for (var count = input.ReadInt(); count > 0; count--)
            credits.Add(new IdeaId(input.ReadId()), input.ReadInt());
        return new MergedVotes(links.DrainToImmutable(), cast, credits.ToImmutable());
    }

    private static void Write(SnapshotWriter output, Ballot ballot)
    {
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
    }

    private static Ballot ReadBallot(ref SnapshotReader input)
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
        return new Ballot(
            VoteMap<IdeaId, Instant>.FromOrdered(approvals), VoteMap<IdeaId, Rating>.FromOrdered(ratings), VoteMap<IdeaId, Investment>.FromOrdered(investments), spent)
        {
            Duels = VoteMap<Pair, DuelChoice>.FromOrdered(duels),
            Order = order,
        };
    }
}
