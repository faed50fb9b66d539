using IdeaVote.Domain.Allocation;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Divides a fund and says what came of it.</summary>
/// <param name="setup">The projects.</param>
/// <param name="election">The election.</param>
/// <param name="query">What was asked for.</param>
internal sealed class PortfolioReport(ElectionSetup setup, Election election, PortfolioQuery query)
{
    /// <summary>Works it all out.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="position">The position that was counted, as it is written outside.</param>
    /// <param name="pause">Throws when the work is no longer wanted.</param>
    /// <exception cref="ApiException">409 <c>allocation_too_large</c>.</exception>
    public PortfolioBody Make(CampaignView campaign, string position, Action pause)
    {
        if (!Allocator.TryRun(election, query.Method, out var portfolio, out var refusal, pause))
            throw new ApiException(Problems.StatusOf(refusal.Code), refusal.Code, refusal.Detail, refusal.Field);
        var compared = Comparison.Of(election, portfolio);
        var shares = query.Method.Rule == FundingRule.EqualShares;
        return new PortfolioBody(
            campaign.Key,
            position,
            MethodNames.Of(MethodNames.Rules, query.Method.Rule),
            shares ? MethodNames.Of(MethodNames.Utilities, query.Method.Utility) : null,
            shares ? MethodNames.Of(MethodNames.Completions, query.Method.Completion) : null,
            CountFroms.Of(query.From),
            Numbers.Plain(portfolio.Fund),
            campaign.Text.Unit,
            Numbers.Plain(portfolio.Spent),
            compared.Voters,
            compared.WithoutAny,
            Numbers.Plain(compared.TotalScore),
            portfolio.Shares is { } share ? new ShareBody($"{share.Share}", Numbers.Plain(share.Share.ToDecimal()), share.UnitsAdded) : null,
            [.. portfolio.Selected.Select(Selected)],
            [.. portfolio.Rejected.Select(Rejected)],
            [.. setup.Projects.Others.Select(other => new UnconsideredIdea(
                $"{other.Idea.Id}", setup.Text(other.Idea)?.Reference, setup.Text(other.Idea)?.Title, other.Why))],
            [.. MethodNames.Rules.Select(rule => rule.Value == query.Method.Rule ? Row(rule.Key, compared) : Compare(rule.Key, rule.Value, pause))],
            PortfolioTerms.Write(query.Method, query.From, portfolio.Fund));
    }

    private ComparedRule Compare(string name, FundingRule rule, Action pause) =>
        Allocator.TryRun(election, query.Method with { Rule = rule }, out var portfolio, out var refusal, pause)
            ? Row(name, Comparison.Of(election, portfolio))
            : new ComparedRule(name, null, null, null, null, refusal.Detail);

    private static ComparedRule Row(string name, ComparedMethod compared) => new(
        name, compared.Portfolio.Selected.Length, Numbers.Plain(compared.TotalScore), compared.WithoutAny, Numbers.Plain(compared.Portfolio.Spent), null);

    private SelectedIdea Selected(SelectedProject each)
    {
        var idea = setup.Projects.Ideas[each.Project];
        var text = setup.Text(idea);
        return new SelectedIdea(
            $"{idea.Id}", text?.Reference, text?.Title, Numbers.Plain(each.Cost), Numbers.Plain(each.Score), election.SupporterCount(each.Project),
            each.Why, each.Payers is { } payers ? Paid(payers) : null);
    }

    private RejectedIdea Rejected(RejectedProject each)
    {
        var idea = setup.Projects.Ideas[each.Project];
        var text = setup.Text(idea);
        return new RejectedIdea(
            $"{idea.Id}", text?.Reference, text?.Title, Numbers.Plain(each.Cost), Numbers.Plain(each.Score), election.SupporterCount(each.Project),
            each.Lacked, each.Missing is { } missing ? Numbers.Plain(missing.ToDecimal()) : null);
    }

    // Those who gave what they had left can be thousands of groups of long fractions, and single voters: only who asks gets them.
    private List<PaidBody> Paid(Payers payers)
    {
        var paid = (query.Payments ? payers.All() : payers.AtRate)
            .Select(group => new PaidBody(
                group.Voters, $"{group.Each}", Numbers.Plain(group.Each.ToDecimal()), $"{group.Each * new Rational(group.Voters, 1)}"))
            .ToList();
        if (!query.Payments && payers.Exhausted > 0)
            paid.Add(new PaidBody(payers.Exhausted, null, null, $"{payers.ExhaustedTotal}"));
        return paid;
    }
}
