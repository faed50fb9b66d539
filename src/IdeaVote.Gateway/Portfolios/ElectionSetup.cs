using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>What an election's projects are: the ideas that are ranked and have a cost. The others are not considered.</summary>
/// <param name="Projects">The ideas considered, by the projects' ordinals.</param>
/// <param name="Names">What each is called: its reference, without one its id.</param>
/// <param name="Others">The ranked ideas that are not considered, each with why.</param>
/// <param name="Texts">The texts of all these.</param>
internal sealed record ElectionSetup(
    IReadOnlyList<ElectionIdea> Projects, IReadOnlyList<string> Names, IReadOnlyList<(ElectionIdea Idea, string Why)> Others, IReadOnlyDictionary<TextId, IdeaText> Texts)
{
    /// <summary>Why an idea is not considered: nobody has said what it costs.</summary>
    public const string NoCost = "no_cost";

    /// <summary>Why an idea is not considered: its cost has more decimals than can be added up exactly.</summary>
    public const string TooPrecise = "cost_too_precise";

    /// <summary>Reads it off an election.</summary>
    /// <param name="election">The ideas.</param>
    /// <param name="documents">Has their texts.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<ElectionSetup> OfAsync(FoldedElection election, TextDocuments documents, CancellationToken cancellation)
    {
        var ranked = election.Ideas.Where(idea => idea.Status.IsRanked()).ToList();
        var texts = await documents.ReadManyAsync([.. ranked.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var projects = ranked.Where(idea => WhyNot(idea) is null).ToList();
        return new ElectionSetup(
            projects, NamesOf(projects, texts), [.. ranked.Where(idea => WhyNot(idea) is not null).Select(idea => (idea, WhyNot(idea)!))], texts);
    }

    /// <summary>The text of an idea; null if it is erased.</summary>
    public IdeaText? Text(ElectionIdea idea) => Texts.GetValueOrDefault(idea.Text.Id);

    /// <summary>The ordinal of the project that each idea of an election is; -1 for those that are none.</summary>
    public int[] Ordinals(FoldedElection election)
    {
        var ordinals = new int[election.Ideas.Count];
        var next = 0;
        for (var i = 0; i < ordinals.Length; i++)
            ordinals[i] = next < Projects.Count && Projects[next].Id == election.Ideas[i].Id ? next++ : -1;
        return ordinals;
    }

    /// <summary>The election. Who has a standing vote on any idea is one of its voters, so that a vote for what is not considered is an empty ballot.</summary>
    /// <param name="election">The votes.</param>
    /// <param name="fund">The money there is.</param>
    public Election ToElection(FoldedElection election, decimal fund)
    {
        var weights = new VoteWeights(election);
        var builder = new ElectionBuilder(Projects.Select((idea, i) => new FundProject(Names[i], idea.Cost!.Value)), fund, weights.Unit);
        var ordinals = Ordinals(election);
        var ballot = new List<BallotEntry>();
        for (var place = 0; place < election.Votes.Places; place++)
        {
            var votes = election.Votes.Of(place);
            if (votes.IsEmpty)
                continue;
            weights.Fill(votes, ordinals, ballot);
            builder.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ballot));
        }
        return builder.Build();
    }

    private static string? WhyNot(ElectionIdea idea) => idea.Cost is not { } cost
        ? NoCost
        : decimal.Round(cost, Election.MaxDecimals) == cost ? null : TooPrecise;

    // By references ties are decided as in the file that ideas came from. One can look like another idea's id; then ids decide.
    private static string[] NamesOf(List<ElectionIdea> projects, IReadOnlyDictionary<TextId, IdeaText> texts)
    {
        string[] names = [.. projects.Select(idea => texts.GetValueOrDefault(idea.Text.Id)?.Reference ?? idea.Id.ToString())];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : [.. projects.Select(idea => idea.Id.ToString())];
    }
}
