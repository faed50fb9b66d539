namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>Rules and stages that make no sense by themselves.</summary>
public sealed class RuleCheckTests
{
    public static TheoryData<string, Rules> Senseless => new()
    {
        { "approve.max", Plain with { Approve = new ApproveRule(0) } },
        { "approve.max", Plain with { Approve = new ApproveRule(-3) } },
        { "rate.criteria", Plain with { Rate = new RateRule([]) } },
        { "rate.criteria", Plain with { Rate = new RateRule([.. Enumerable.Repeat(1m, 17)]) } },
        { "rate.criteria", Plain with { Rate = new RateRule([1m, 0m]) } },
        { "rate.criteria", Plain with { Rate = new RateRule([-0.5m]) } },
        { "rate.criteria", Plain with { Rate = new RateRule([1_000.001m]) } },
        { "invest.budgetCredits", Plain with { Invest = new InvestRule(0, null, null) } },
        { "invest.budgetCredits", Plain with { Invest = new InvestRule(1_000_000_001, null, null) } },
        { "invest.minCredits", Plain with { Invest = new InvestRule(10, 0, null) } },
        { "invest.minCredits", Plain with { Invest = new InvestRule(10, 11, null) } },
        { "invest.maxCredits", Plain with { Invest = new InvestRule(10, null, 0) } },
        { "invest.maxCredits", Plain with { Invest = new InvestRule(10, 5, 4) } },
        { "invest.maxCredits", Plain with { Invest = new InvestRule(10, null, 11) } },
        { "fund.amount", Plain with { Fund = -0.01m } },
        { "fund.amount", Plain with { Fund = 1_000_000_000_000_000.01m } },
    };

    public static TheoryData<Rules> Extreme => new()
    {
        Plain with { Approve = new ApproveRule(1) },
        Plain with { Approve = null, Rate = null, Invest = null },
        Plain with { Rate = new RateRule([.. Enumerable.Repeat(1_000m, 16)]) },
        Plain with { Rate = new RateRule([0.001m]) },
        Plain with { Invest = new InvestRule(1, 1, 1) },
        Plain with { Invest = new InvestRule(1_000_000_000, null, 1_000_000_000) },
        Plain with { Fund = 0 },
        Plain with { Fund = 1_000_000_000_000_000m },
    };

    public static TheoryData<Stage[]> SenselessStages => new()
    {
        Array.Empty<Stage>(),
        Enumerable.Repeat(Closed, Campaign.MaxStages + 1).ToArray(),
        new[] { Submitting.From(T(20)), Voting.From(T(10)) },
        new[] { Submitting.From(T(10)), Review, Voting.From(T(10)) },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void Senseless_rules_are_refused_by_the_field_to_blame(string field, Rules rules) =>
        A.Campaign.When(Create(rules, Open)).ThenRefused(RefusalCode.InvalidRules, field);

    [Theory]
    [MemberData(nameof(Extreme))]
    public void The_limits_themselves_are_taken(Rules rules) => A.Campaign.When(Create(rules, Open)).ThenTaken();

    [Theory]
    [MemberData(nameof(SenselessStages))]
    public void Stages_are_1_to_20_and_start_in_their_order(Stage[] stages) =>
        A.Campaign.When(Create(Plain, stages)).ThenRefused(RefusalCode.InvalidRules, "stages");

    [Fact]
    public void Twenty_stages_with_starts_in_order_are_taken() =>
        A.Campaign.When(Create(Plain, [.. Enumerable.Range(200, Campaign.MaxStages).Select(i => Closed.From(T(i)))])).ThenTaken();

    [Fact]
    public void A_change_is_checked_as_a_creation_is() =>
        A.Campaign.After(Create(Plain, Submitting))
            .When(new ChangeCampaign(null, Plain with { Approve = new ApproveRule(0) }, null)).ThenRefused(RefusalCode.InvalidRules, "approve.max")
            .When(new ChangeCampaign(null, null, [])).ThenRefused(RefusalCode.InvalidRules, "stages");

    private static CreateCampaign Create(Rules rules, params Stage[] stages) => new(Doc("campaign"), Preset.Budget, rules, [.. stages]);
}
