using System.Runtime.InteropServices;
using IdeaVote.Domain.Ideas;

namespace IdeaVote.Domain.Allocation;

/// <summary>What the projects of a campaign's election are: the ideas that are ranked and have a cost. The others are not considered.</summary>
/// <param name="Ideas">The ideas considered, by the projects' ordinals.</param>
/// <param name="Names">What each is called, by which ties are decided: its reference, without one its id.</param>
/// <param name="Others">The ranked ideas that are not considered, each with why.</param>
public sealed record ElectionProjects(IReadOnlyList<ElectionIdea> Ideas, IReadOnlyList<string> Names, IReadOnlyList<(ElectionIdea Idea, string Why)> Others)
{
    /// <summary>Why an idea is not considered: nobody has said what it costs.</summary>
    public const string NoCost = "no_cost";

    /// <summary>Why an idea is not considered: its cost has more decimals than can be added up exactly.</summary>
    public const string TooPrecise = "cost_too_precise";

    /// <summary>Reads them off an election.</summary>
    /// <param name="election">The ideas.</param>
    /// <param name="referenceOf">What the caller who submitted an idea calls it; null for nothing.</param>
    public static ElectionProjects Of(CampaignElection election, Func<ElectionIdea, string?> referenceOf)
    {
        var ranked = election.Ideas.Where(idea => idea.Status.IsRanked()).ToList();
        var ideas = ranked.Where(idea => WhyNot(idea) is null).ToList();
        return new ElectionProjects(
            ideas, NamesOf(ideas, referenceOf), [.. ranked.Where(idea => WhyNot(idea) is not null).Select(idea => (idea, WhyNot(idea)!))]);
    }

    /// <summary>The election. Who has a standing vote on any idea is one of its voters, so that a vote for what is not considered is an empty ballot.</summary>
    /// <param name="election">The votes.</param>
    /// <param name="fund">The money there is.</param>
    public Election ToElection(CampaignElection election, decimal fund)
    {
        var weights = new VoteWeights(election);
        var builder = new ElectionBuilder(Ideas.Select((idea, i) => new FundProject(Names[i], idea.Cost!.Value)), fund, weights.Unit);
        var ordinals = Ordinals(election);
        var ballot = new List<BallotEntry>();
        for (var place = 0; place < election.Votes.Places; place++)
        {
            var votes = election.Votes.Of(place);
            if (votes.IsEmpty)
                continue;
            weights.Fill(votes, ordinals, ballot);
            builder.Add(CollectionsMarshal.AsSpan(ballot));
        }
        return builder.Build();
    }

    /// <summary>The ordinal of the project that each idea of an election is; -1 for those that are none.</summary>
    private int[] Ordinals(CampaignElection election)
    {
        var ordinals = new int[election.Ideas.Count];
        var next = 0;
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = next < Ideas.Count && Ideas[next].Id == election.Ideas[i].Id ? next++ : -1;
        return ordinals;
    }

    private static string? WhyNot(ElectionIdea idea) => idea.Cost is not { } cost
        ? NoCost
        : decimal.Round(cost, Election.MaxDecimals) == cost ? null : TooPrecise;

    // By references ties are decided as in the file that ideas came from. One can look like another idea's id; then ids decide.
    private static string[] NamesOf(List<ElectionIdea> ideas, Func<ElectionIdea, string?> referenceOf)
    {
        string[] names = [.. ideas.Select(idea => referenceOf(idea) ?? idea.Id.ToString())];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : [.. ideas.Select(idea => idea.Id.ToString())];
    }
}
