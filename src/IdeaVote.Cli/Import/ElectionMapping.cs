using IdeaVote.Cli.Api;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>Says in the API's words what a .pb file says in its own.</summary>
internal static class ElectionMapping
{
    private const int MaxTitle = 200;
    private const int MaxTag = 50;
    private const int MaxTags = 20;
    private const int MaxUnit = 20;
    private const int MaxCredits = 1_000_000_000;
    private const int MaxOrder = 100;

    /// <summary>The campaign to create for an election.</summary>
    /// <param name="election">The file.</param>
    /// <param name="key">The campaign's key.</param>
    /// <param name="title">The campaign's title; null for the file's description.</param>
    public static NewCampaign Campaign(PbElection election, string key, string? title)
    {
        var name = Shorten.ToLine(title ?? election.Meta["description"], MaxTitle);
        return new NewCampaign(
            key,
            name.Length > 0 ? name : key,
            "continuous",
            election.VoteType switch
            {
                PbVoteType.Approval => new ApproveRule(MostApprovals(election)),
                PbVoteType.ChooseOne => new ApproveRule(Max: 1),
                _ => null,
            },
            election.VoteType.HasPoints() ? new InvestRule(BudgetCredits(election)) : null,
            Fund(election.Meta),
            new VotersRule("anyone"),
            election.VoteType == PbVoteType.Ordinal ? new RankRule(LongestOrder(election)) : null);
    }

    /// <summary>The most approvals of a ballot: what META says, unless a ballot has more; null for any number.</summary>
    public static int? MostApprovals(PbElection election) =>
        election.Meta.Whole("max_length") is { } most and >= 1 and <= int.MaxValue && election.Ballots.All(ballot => ballot.Choices.Count <= most) ? (int)most : null;

    /// <summary>A voter's credits: the file's limit, else the largest ballot's sum; at least 1.</summary>
    public static int BudgetCredits(PbElection election)
    {
        var credits = election.Meta.Whole("max_sum_points") is { } limit and > 0
            ? limit
            : election.Ballots.Select(ballot => ballot.Sum).DefaultIfEmpty().Max();
        return (int)Math.Clamp(credits, 1, MaxCredits);
    }

    /// <summary>The places of an order, which is also what its first counts: what META says, else the longest ballot's; 1 to 100.</summary>
    public static int LongestOrder(PbElection election) => (int)Math.Clamp(PbBorda.Places(election.Meta, election.Ballots), 1, MaxOrder);

    /// <summary>The idea to submit for a project.</summary>
    public static NewIdea Idea(PbProject project)
    {
        var title = Shorten.ToLine(project.Name, MaxTitle);
        var tags = project.Categories
            .Select(category => Shorten.ToLine(category, MaxTag))
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxTags);
        return new NewIdea(title.Length > 0 ? title : Shorten.ToLine(project.Id, MaxTitle), Body: "", [.. tags], project.Cost, project.Id);
    }

    /// <summary>What of the file does not fit into the campaign and its ideas.</summary>
    public static IEnumerable<PbProblem> Losses(PbElection election, NewCampaign campaign)
    {
        if (campaign.Fund is null)
            yield return new PbProblem(0, "META gives no budget that can be read; the campaign gets no fund");
        if (PbVoteTypes.DefaultScore(election.Meta, election.VoteType) is > 0 and var points)
            yield return new PbProblem(0, $"every ballot gives the {points} points of default_score to each project that it does not name; they become investments like the others");
        if (campaign.Rank is not null && PbBorda.Places(election.Meta, election.Ballots) > MaxOrder)
            yield return new PbProblem(0, $"orders have at most {MaxOrder} places in a campaign; longer ballots will be refused, and Borda's points differ from the file's");
        foreach (var project in election.Projects)
        {
            if (project.Categories.Distinct(StringComparer.OrdinalIgnoreCase).Count() > MaxTags)
                yield return new PbProblem(project.Line, $"project '{project.Id}' has more than {MaxTags} categories; the first {MaxTags} become tags");
        }
    }

    private static FundRule? Fund(PbMeta meta)
    {
        if (meta.Money("budget") is not { } amount)
            return null;
        var unit = Shorten.ToLine(meta["currency"], MaxUnit);
        return new FundRule(amount, unit.Length > 0 ? unit : "units");
    }
}
