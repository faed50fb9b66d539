using System.Security.Cryptography;
using System.Collections.Immutable;
using IdeaVote.Domain.Voters.Merging;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Tests.Snapshots;

/// <summary>Where a snapshot is a record of a store, it must fit the smallest.</summary>
public sealed class SizeTests
{
    /// <summary>What a record in an Azure table takes (983,040 bytes), less its head and some room.</summary>
    private const int RecordBytes = 960_000;

    [Fact]
    public void The_fullest_ballot_there_can_be_fits_a_record()
    {
        var ratings = VoteMap<IdeaId, Rating>.Empty;
        var (approvals, investments) = (VoteMap<IdeaId, Instant>.Empty, VoteMap<IdeaId, Investment>.Empty);
        var now = new Instant(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        // Ratings on all criteria are the largest votes; a few of each kind besides, and as many as a ballot holds in all.
        for (var number = 0; number < Ballot.MaxVotes; number++)
        {
            var idea = new IdeaId(Id.FromBytes(SHA256.HashData(BitConverter.GetBytes(number))));
            if (number % 10 == 8)
                approvals = approvals.SetItem(idea, now);
            else if (number % 10 == 9)
                investments = investments.SetItem(idea, new Investment(int.MaxValue, now, long.MaxValue));
            else
                ratings = ratings.SetItem(idea, new Rating(Scores.Of([.. Enumerable.Repeat(5, 16)]), now));
        }
        AggregateSnapshots.Write(Largest(ratings, approvals, investments, MergedVotes.None)).Length.ShouldBeLessThan(RecordBytes);
        // Of all ideas as many became part of another as a voter's votes follow.
        var ideas = ratings.Keys.Take(2 * MergedVotes.MaxLinks).ToList();
        var links = Enumerable.Range(0, MergedVotes.MaxLinks).Select(number => new MergeLink(ideas[2 * number], ideas[2 * number + 1], long.MaxValue));
        var cast = Ballot.Empty with { Ratings = VoteMap<IdeaId, Rating>.FromOrdered([.. ideas.Select(idea => KeyValuePair.Create(idea, ratings[idea]))]) };
        var credits = ImmutableDictionary.CreateRange(ideas.Where((_, number) => number % 2 == 1).Select(idea => KeyValuePair.Create(idea, int.MaxValue)));
        AggregateSnapshots.Write(Largest(ratings, approvals, investments, new MergedVotes([.. links], cast, credits))).Length.ShouldBeLessThan(RecordBytes);
    }

    private static Voter Largest(
        VoteMap<IdeaId, Rating> ratings, VoteMap<IdeaId, Instant> approvals, VoteMap<IdeaId, Investment> investments, MergedVotes merged)
    {
        var obeyed = Enumerable.Range(0, 256).Select(number => new ObeyedCommand(new CommandId(Id.FromBytes(SHA256.HashData(BitConverter.GetBytes(-number - 1)))), long.MaxValue));
        return Voter.Restore(long.MaxValue, new Ballot(approvals, ratings, investments, 1_000L * int.MaxValue), North, Doc("ann"), [.. obeyed], merged);
    }
}
