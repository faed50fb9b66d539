using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>What of a file a campaign can hold.</summary>
internal static class Sendable
{
    /// <summary>The file with the ballots refused that give points below 0: nobody invests against an idea.</summary>
    /// <exception cref="PbFormatException">All ballots give points below 0 to what they do not name.</exception>
    public static PbElection Of(PbElection file)
    {
        if (file.VoteType != PbVoteType.Scoring)
            return file;
        if (PbVoteTypes.DefaultScore(file.Meta, file.VoteType) is < 0 and var points)
            throw new PbFormatException(0, $"META's default_score gives {points} points to every project that a ballot does not name; a campaign takes no points below 0");
        var taken = new List<PbBallot>(file.Ballots.Count);
        var refused = new List<PbProblem>(file.Refused);
        foreach (var ballot in file.Ballots)
        {
            if (ballot.Choices.FirstOrDefault(choice => choice.Points < 0) is { Points: < 0 } against)
                refused.Add(new PbProblem(ballot.Line, $"it gives {against.Points} points to '{against.Project}'; a campaign takes no points below 0"));
            else
                taken.Add(ballot);
        }
        return file with { Ballots = taken, Refused = [.. refused.OrderBy(problem => problem.Line)] };
    }
}
