using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Audit;

/// <summary>Counts whole ballots, sharing nothing with the board, which counts changes.</summary>
/// <param name="ballots">Says what the numbers of votes stand for.</param>
internal sealed class Recount(StandingBallots ballots)
{
    private readonly Dictionary<IdeaId, Counts> ideas = [];
    private int voters;
    private long duels;

    /// <summary>Counts one voter's ballot, which holds at least one vote.</summary>
    public void Add(StandingBallot ballot)
    {
        voters++;
        foreach (var vote in ballot.Votes)
        {
            if (vote.Method == VoteMethod.Duel)
                duels++;
            else
                Add(vote, ref CollectionsMarshal.GetValueRefOrAddDefault(ideas, ballots.Ideas[vote.Idea], out _));
        }
    }

    /// <summary>Compares.</summary>
    /// <exception cref="AuditException">Something differs.</exception>
    public void Compare(Board board)
    {
        if (board.Voters != voters)
            throw new AuditException($"the events count {board.Voters} voters, the ballots are {voters}");
        if (board.Duels.Decided != duels)
            throw new AuditException($"the events count {board.Duels.Decided} decided duels, the ballots hold {duels}");
        foreach (var tally in board.Ideas)
        {
            ideas.Remove(tally.Id, out var counted);
            var stars = 0L;
            for (var criterion = 0; criterion < tally.Criteria; criterion++)
                for (var count = 1; count <= Scores.MaxStars; count++)
                    stars += (long)count * tally.Stars(criterion, count);
            var told = new Counts(tally.Approvals, tally.Raters, stars, tally.Investors, tally.Invested, tally.Rankers);
            if (told != counted)
                throw new AuditException($"the events count {told} for idea {tally.Id}, its ballots hold {counted}");
        }
        if (ideas.Count > 0)
            throw new AuditException($"a ballot speaks of idea {ideas.Keys.First()}, which was never submitted");
    }

    /// <summary>
    /// SHA-256 of the counts, frozen: lines of ASCII, each ended by LF: <c>ideavote-tally-1</c>, the numbers of voters and of duels decided with
    /// one blank between, and for each idea that has votes, in the order of their ids, <c>id approvals raters stars investors credits orders</c>.
    /// </summary>
    public string Sha256()
    {
        var lines = new StringBuilder("ideavote-tally-1\n").Append(CultureInfo.InvariantCulture, $"{voters} {duels}\n");
        foreach (var (idea, counts) in ideas.OrderBy(static each => each.Key))
        {
            lines.Append(
                CultureInfo.InvariantCulture, $"{idea} {counts.Approvals} {counts.Raters} {counts.Stars} {counts.Investors} {counts.Credits} {counts.Rankers}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines.ToString())));
    }

    private void Add(StandingVote vote, ref Counts counts)
    {
        switch (vote.Method)
        {
            case VoteMethod.Approve:
                counts.Approvals++;
                break;
            case VoteMethod.Rate:
                var scores = ballots.Scores[vote.Value];
                counts.Raters++;
                for (var criterion = 0; criterion < scores.Length; criterion++)
                    counts.Stars += scores[criterion];
                break;
            case VoteMethod.Invest:
                counts.Investors++;
                counts.Credits += vote.Value;
                break;
            default:
                counts.Rankers++;
                break;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Counts(int Approvals, int Raters, long Stars, int Investors, long Credits, int Rankers);
}
