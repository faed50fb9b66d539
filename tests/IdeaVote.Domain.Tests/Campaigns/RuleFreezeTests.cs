namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>What may still change once voting has opened: nothing that would spoil a ballot already cast.</summary>
public sealed class RuleFreezeTests
{
    private static readonly Rules Before = new(
        new ApproveRule(3), new RateRule([1m, 2m]), new InvestRule(100, 5, 50),
        VotesCanChange: true, ScoresHidden: false, Fund: 1_000, WhoMayVote.Confirmed, [North, South], Moderated: false)
    {
        Rank = new RankRule(3),
        Duel = new DuelRule(),
        Ranking = new RankingRule(24, null, null),
    };

    public static TheoryData<string, Rules> Frozen => new()
    {
        { "approve", Before with { Approve = null } },
        { "approve.max", Before with { Approve = new ApproveRule(2) } },
        { "rate", Before with { Rate = null } },
        { "rate.criteria", Before with { Rate = new RateRule([1m]) } },
        { "rate.criteria", Before with { Rate = new RateRule([1m, 3m]) } },
        { "rate.criteria", Before with { Rate = new RateRule([2m, 1m]) } },
        { "invest", Before with { Invest = null } },
        { "invest.budgetCredits", Before with { Invest = new InvestRule(99, 5, 50) } },
        { "invest.maxCredits", Before with { Invest = new InvestRule(100, 5, 49) } },
        { "invest.minCredits", Before with { Invest = new InvestRule(100, 6, 50) } },
        { "invest.cost", Before with { Invest = Before.Invest! with { Cost = CreditCost.Quadratic } } },
        { "rank", Before with { Rank = null } },
        { "rank.maxLength", Before with { Rank = new RankRule(2) } },
        { "rank.maxLength", Before with { Rank = new RankRule(4) } },
        { "duel", Before with { Duel = null } },
        { "ranking", Before with { Ranking = null } },
        { "ranking", Before with { Ranking = new RankingRule(48, null, null) } },
        { "canChangeVotes", Before with { VotesCanChange = false } },
        { "hideScores", Before with { ScoresHidden = true } },
        { "publishBallots", Before with { Publication = new PublicationRule() } },
        { "fund.amount", Before with { Fund = 999.99m } },
        { "fund.amount", Before with { Fund = null } },
        { "voters", Before with { Who = WhoMayVote.Anyone } },
        { "voters", Before with { Domains = [North] } },
        { "voters", Before with { Domains = [North, South, Term("east")] } },
        { "voters", Before with { Domains = [] } },
    };

    public static TheoryData<Rules> Free => new()
    {
        Before with { Approve = new ApproveRule(4) },
        Before with { Invest = Before.Invest! with { Cost = CreditCost.Linear } },
        Before with { Approve = new ApproveRule(null) },
        Before with { Rate = new RateRule([1m, 2m, 9m]) },
        Before with { Invest = new InvestRule(101, 5, 50) },
        Before with { Invest = new InvestRule(100, 4, 51) },
        Before with { Invest = new InvestRule(100, null, null) },
        Before with { Fund = 1_000.01m },
        Before with { Domains = [South, North] },
        Before with { Moderated = true },
    };

    [Theory]
    [MemberData(nameof(Frozen))]
    public void What_would_spoil_a_ballot_is_refused_by_the_field_to_blame(string field, Rules after) =>
        Opened(Before).When(new ChangeCampaign(null, after, null)).ThenRefused(RefusalCode.RuleFrozen, field);

    [Theory]
    [MemberData(nameof(Free))]
    public void What_only_gives_more_room_is_taken(Rules after) =>
        Opened(Before).When(new ChangeCampaign(null, after, null)).Then(new RulesChanged(Before, after));

    [Fact]
    public void A_limit_can_not_be_put_where_there_was_none()
    {
        var open = Before with { Approve = new ApproveRule(null), Invest = new InvestRule(100, null, null), Fund = null };

        Opened(open).When(new ChangeCampaign(null, open with { Approve = new ApproveRule(1_000) }, null)).ThenRefused(RefusalCode.RuleFrozen, "approve.max");
        Opened(open).When(new ChangeCampaign(null, open with { Invest = new InvestRule(100, null, 100) }, null)).ThenRefused(RefusalCode.RuleFrozen, "invest.maxCredits");
        Opened(open).When(new ChangeCampaign(null, open with { Invest = new InvestRule(100, 2, null) }, null)).ThenRefused(RefusalCode.RuleFrozen, "invest.minCredits");
        Opened(open).When(new ChangeCampaign(null, open with { Invest = new InvestRule(100, 1, null) }, null)).ThenTaken();
        Opened(open).When(new ChangeCampaign(null, open with { Fund = 1 }, null)).ThenTaken();
    }

    [Fact]
    public void Methods_may_be_added_and_votes_may_become_changeable()
    {
        var bare = Before with { Approve = null, Rate = null, Invest = null, VotesCanChange = false };

        Opened(bare).When(new ChangeCampaign(null, Before, null)).ThenTaken();
    }

    [Fact]
    public void Ballots_that_will_be_published_will_be() =>
        Opened(Before with { Publication = new PublicationRule() }).When(new ChangeCampaign(null, Before, null)).ThenRefused(RefusalCode.RuleFrozen, "publishBallots");

    [Fact]
    public void Hidden_scores_stay_hidden() =>
        Opened(Before with { ScoresHidden = true }).When(new ChangeCampaign(null, Before, null)).ThenRefused(RefusalCode.RuleFrozen, "hideScores");

    [Fact]
    public void The_clock_alone_freezes_the_rules()
    {
        var scenario = A.Campaign.At(T(0))
            .After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Before, [Submitting, Voting.From(T(10)), Closed.From(T(20))]));

        scenario.At(T(9)).When(new ChangeCampaign(null, Before with { Fund = 999 }, null)).ThenTaken();
        scenario.At(T(30)).When(new ChangeCampaign(null, Before with { Fund = 1 }, null)).ThenRefused(RefusalCode.RuleFrozen, "fund.amount");
    }

    private static Scenario Opened(Rules rules) =>
        A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Challenge, rules, [Voting, Closed])).At(T(5));
}
