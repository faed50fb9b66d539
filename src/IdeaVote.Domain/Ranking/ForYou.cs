using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>Orders ideas for one voter: what they have not voted on yet, first what is like the ideas they support.</summary>
/// <remarks>
/// How much an idea is like those is the sum, over its tags, of the tag's weight in the ballot. A supported idea gives each of its tags one
/// divided by how many of the campaign's ideas have it: what is rare says more about somebody than what is common (Spärck Jones 1972).
/// </remarks>
public static class ForYou
{
    /// <summary>From how many stars on a rating counts as support.</summary>
    private const int LikedStars = 4;

    /// <summary>Ideas that take votes and have none of this voter, best first.</summary>
    /// <param name="board">The counts.</param>
    /// <param name="ballot">The voter's votes.</param>
    /// <param name="voter">The voter, whose own ideas are left out; null for none.</param>
    /// <param name="useCounts">Whether among equally alike ideas those with fewer votes come first; where scores are hidden, it must not be.</param>
    public static IEnumerable<IdeaTally> Order(Board board, Ballot ballot, VoterId? voter, bool useCounts)
    {
        var frequency = new Dictionary<TermId, int>();
        foreach (var idea in board.Ideas)
            foreach (var tag in idea.Tags)
                frequency[tag] = frequency.GetValueOrDefault(tag) + 1;

        var weights = new Dictionary<TermId, double>();
        foreach (var id in Supported(ballot))
            if (board.Find(id) is { } idea)
                foreach (var tag in idea.Tags)
                    weights[tag] = weights.GetValueOrDefault(tag) + 1.0 / frequency[tag];

        var candidates = new List<(IdeaTally Idea, double Likeness)>();
        foreach (var idea in board.Ideas)
        {
            if (!idea.Status.TakesVotes() || HasVote(ballot, idea.Id) || (voter is { } self && idea.Authors.Contains(self)))
                continue;
            double likeness = 0;
            foreach (var tag in idea.Tags)
                likeness += weights.GetValueOrDefault(tag);
            candidates.Add((idea, likeness));
        }
        // The newest first in the end: an idea that few have seen is worth a look.
        return candidates
            .OrderByDescending(candidate => candidate.Likeness)
            .ThenBy(candidate => useCounts ? candidate.Idea.Approvals + candidate.Idea.Raters + candidate.Idea.Investors : 0)
            .ThenByDescending(candidate => candidate.Idea.Ordinal)
            .Select(candidate => candidate.Idea);
    }

    private static IEnumerable<IdeaId> Supported(Ballot ballot)
    {
        foreach (var id in ballot.Approvals.Keys)
            yield return id;
        foreach (var id in ballot.Investments.Keys)
            yield return id;
        foreach (var id in ballot.Order.Ideas)
            yield return id;
        foreach (var (id, rating) in ballot.Ratings)
        {
            for (var criterion = 0; criterion < rating.Scores.Length; criterion++)
            {
                if (rating.Scores[criterion] < LikedStars)
                    continue;
                yield return id;
                break;
            }
        }
    }

    private static bool HasVote(Ballot ballot, IdeaId idea) =>
        ballot.Approvals.ContainsKey(idea) || ballot.Ratings.ContainsKey(idea) || ballot.Investments.ContainsKey(idea) || ballot.Order.Ideas.Contains(idea);
}
