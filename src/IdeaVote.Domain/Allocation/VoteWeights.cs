using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Allocation;

/// <summary>What votes weigh in an election.</summary>
public sealed class VoteWeights
{
    private const int Million = 1_000_000;

    private readonly CountFrom from;
    private readonly int longest;
    private readonly int[] ofScores;

    /// <summary>Weighs the votes of an election by its campaign's rules.</summary>
    public VoteWeights(CampaignElection election)
    {
        from = election.From;
        longest = election.Rules?.Rank?.MaxLength ?? 0;
        ofScores = [.. election.Votes.Scores.Select(scores => MeanMillionths(scores, election.Rules?.Rate))];
    }

    /// <summary>How many parts of a weight make 1: means of stars are counted in millionths.</summary>
    public int Unit => from == CountFrom.Ratings ? Million : 1;

    /// <summary>What a vote weighs, in parts of <see cref="Unit"/>; 0 if it doesn't count, as a place further down than orders now go.</summary>
    public int Of(StandingVote vote) => from switch
    {
        CountFrom.Ratings => ofScores[vote.Value],
        CountFrom.Ranks => Math.Max(0, longest - vote.Value),
        _ => vote.Value,
    };

    /// <summary>Writes a ballot: what of it is on projects, and counts.</summary>
    /// <param name="votes">The standing votes of one voter.</param>
    /// <param name="projects">The ordinal of the project that each idea is; -1 for none.</param>
    /// <param name="ballot">Emptied, and filled.</param>
    public void Fill(ReadOnlySpan<StandingVote> votes, int[] projects, List<BallotEntry> ballot)
    {
        ballot.Clear();
        foreach (var vote in votes)
        {
            if (projects[vote.Idea] >= 0 && Of(vote) is > 0 and var weight)
                ballot.Add(new BallotEntry(projects[vote.Idea], weight));
        }
    }

    // Over the criteria that this rating speaks of.
    private static int MeanMillionths(Scores scores, RateRule? rule)
    {
        var weights = rule?.Weights ?? [];
        decimal sum = 0, weight = 0;
        for (var criterion = 0; criterion < weights.Length; criterion++)
        {
            if (scores[criterion] == 0)
                continue;
            sum += weights[criterion] * scores[criterion];
            weight += weights[criterion];
        }
        return weight == 0 ? 0 : (int)Math.Round(sum / weight * Million);
    }
}
