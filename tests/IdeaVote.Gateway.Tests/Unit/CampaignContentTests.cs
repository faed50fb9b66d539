using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class CampaignContentTests
{
    private static readonly Pseudonyms Names = new(new byte[32]);
    private static readonly CampaignId Id = Names.Campaign("k");

    [Fact]
    public void A_method_that_is_absent_is_off()
    {
        var rules = Make("""{"key":"k","title":"T"}""").Rules;

        (rules.Approve, rules.Rate, rules.Invest, rules.Fund).ShouldBe((null, null, null, null));
        (rules.VotesCanChange, rules.ScoresHidden, rules.Moderated, rules.Who).ShouldBe((true, false, false, WhoMayVote.Anyone));
    }

    [Theory]
    [InlineData("continuous", "open,closed")]
    [InlineData("challenge", "submit,vote,review,closed")]
    [InlineData("budget", "submit,vote,review,closed")]
    public void Presets_bring_their_stages(string preset, string names)
    {
        var content = Make($$"""{"key":"k","title":"T","preset":"{{preset}}"}""");

        string.Join(',', content.Text.Stages).ShouldBe(names);
        content.Stages.Length.ShouldBe(content.Text.Stages.Count);
        content.Stages.Count(stage => stage.TakesVotes).ShouldBe(1);
        content.Stages[^1].Allows.ShouldBe(Allows.None);
    }

    [Fact]
    public void The_preset_budget_brings_investing_unless_told_otherwise()
    {
        Make("""{"key":"k","title":"T","preset":"budget"}""").Rules.Invest.ShouldBe(new InvestRule(100, null, null));
        Make("""{"key":"k","title":"T","preset":"budget","invest":{"budgetCredits":7}}""").Rules.Invest.ShouldBe(new InvestRule(7, null, null));
        Make("""{"key":"k","title":"T","preset":"budget","invest":null}""").Rules.Invest.ShouldBeNull();
    }

    [Fact]
    public void Rating_without_criteria_is_overall() =>
        Make("""{"key":"k","title":"T","rate":{}}""").Text.Criteria.ShouldBe(["overall"]);

    [Fact]
    public void An_absent_field_stays_and_null_gives_the_default()
    {
        var before = Make("""{"key":"k","title":"T","brief":"B","approve":{"max":3},"rate":{},"canChangeVotes":false,"fund":{"amount":5,"unit":"EUR"}}""");

        var after = Patch(before, """{"approve":null,"brief":null,"fund":null,"canChangeVotes":null}""");

        (after.Rules.Approve, after.Rules.Fund, after.Rules.VotesCanChange).ShouldBe((null, null, true));
        after.Rules.Rate.ShouldBe(before.Rules.Rate);
        (after.Text.Title, after.Text.Brief, after.Text.Unit).ShouldBe(("T", "", null));
        Patch(before, "{}").SameAs(before).ShouldBeTrue();
    }

    [Fact]
    public void A_title_can_not_be_taken_away() =>
        Should.Throw<ApiException>(() => Patch(Make("""{"key":"k","title":"T"}"""), """{"title":null}""")).Field.ShouldBe("title");

    [Fact]
    public void Criteria_keep_their_numbers_whatever_order_they_are_listed_in()
    {
        var before = Make("""{"key":"k","title":"T","rate":{"criteria":[{"key":"need","weight":2},{"key":"cost","weight":1}]}}""");

        var after = Patch(before, """{"rate":{"criteria":[{"key":"fun","weight":3},{"key":"cost","weight":1},{"key":"need","weight":2}]}}""");

        after.Text.Criteria.ShouldBe(["need", "cost", "fun"]);
        after.Rules.Rate!.Weights.ShouldBe([2m, 1m, 3m]);
    }

    [Fact]
    public void Stages_are_read_with_names_times_and_permissions()
    {
        var content = Make("""{"key":"k","title":"T","stages":[{"name":" Ideas ","allows":["submit","discuss"]},{"name":"Vote","starts":"2026-09-01T08:00:00+02:00","allows":["vote"]}]}""");

        content.Text.Stages.ShouldBe(["Ideas", "Vote"]);
        content.Stages[0].ShouldBe(new Stage(Allows.Submit | Allows.Discuss, null));
        content.Stages[1].ShouldBe(new Stage(Allows.Vote, Instant.From(new DateTimeOffset(2026, 9, 1, 6, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public void Domains_have_one_form_and_the_rules_hold_only_their_hashes()
    {
        var content = Make("""{"key":"k","title":"T","voters":{"who":"confirmed","domains":["B.example","a.example","b.EXAMPLE"]}}""");

        content.Text.Domains.ShouldBe(["a.example", "b.example"]);
        content.Rules.Domains.ShouldBe([Names.Domain(Id, "a.example"), Names.Domain(Id, "b.example")]);
    }

    [Theory]
    [InlineData("""{"key":"k","title":" "}""", "title")]
    [InlineData("""{"key":"k","title":"T","stages":[{"name":"a"},{"name":"A"}]}""", "stages[1].name")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a"},{"key":"a"}]}}""", "rate.criteria[1].key")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":""}]}}""", "rate.criteria[0].key")]
    [InlineData("""{"key":"k","title":"T","fund":{"amount":1,"unit":""}}""", "fund.unit")]
    [InlineData("""{"key":"k","title":"T","voters":{"who":"anyone","domains":["a.example"]}}""", "voters.domains")]
    [InlineData("""{"key":"k","title":"T","voters":{"who":"confirmed","domains":["@"]}}""", "voters.domains")]
    public void What_makes_no_sense_is_refused_with_its_field(string json, string field)
    {
        var refused = Should.Throw<ApiException>(() => Make(json));

        (refused.Status, refused.Field).ShouldBe((400, field));
    }

    [Fact]
    public void Two_contents_are_the_same_only_if_everything_is()
    {
        var content = Make("""{"key":"k","title":"T","rate":{}}""");

        content.SameAs(Make("""{"title":" T ","key":"k","rate":{"criteria":[{"key":"overall","weight":1.0}]}}""")).ShouldBeTrue();
        content.SameAs(Make("""{"key":"k","title":"T2","rate":{}}""")).ShouldBeFalse();
        content.SameAs(Make("""{"key":"k","title":"T","rate":{"criteria":[{"key":"other"}]}}""")).ShouldBeFalse();
        content.SameAs(Make("""{"key":"k","title":"T","rate":{},"hideScores":true}""")).ShouldBeFalse();
        content.SameAs(Make("""{"key":"k","title":"T","rate":{},"preset":"challenge"}""")).ShouldBeFalse();
    }

    private static CampaignContent Make(string json)
    {
        var request = RequestBody.Parse(Encoding.UTF8.GetBytes(json), CampaignJson.Default.CampaignRequest);
        return CampaignContent.Of(request.Preset, request.Key).With(request, request.Preset, Id, Names);
    }

    private static CampaignContent Patch(CampaignContent before, string json) =>
        before.With(RequestBody.Parse(Encoding.UTF8.GetBytes(json), CampaignJson.Default.CampaignPatch), Preset.Continuous, Id, Names);
}
