namespace IdeaVote.Faults.Workload;

internal enum VoteMethod { Approve, Rate, Invest }

/// <summary>A vote as a voter means it.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Method">How.</param>
/// <param name="Value">1 or 0, stars, or credits.</param>
internal sealed record Vote(string Idea, VoteMethod Method, int Value)
{
    public static Vote Any(IReadOnlyList<string> ideas, Random random)
    {
        var idea = ideas[random.Next(ideas.Count)];
        return random.Next(5) switch
        {
            0 => new(idea, VoteMethod.Approve, 1),
            1 => new(idea, VoteMethod.Approve, 0),
            2 => new(idea, VoteMethod.Rate, random.Next(1, 6)),
            _ => new(idea, VoteMethod.Invest, random.Next(1, 101)),
        };
    }

    /// <summary>The ballot after the vote.</summary>
    public BallotState On(BallotState ballot) => Method switch
    {
        VoteMethod.Approve => ballot.WithApproval(Idea, Value == 1),
        VoteMethod.Rate => ballot.WithRating(Idea, Value),
        _ => ballot.WithInvestment(Idea, Value),
    };
}
