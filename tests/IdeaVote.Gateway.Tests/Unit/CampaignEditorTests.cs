using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class CampaignEditorTests
{
    private const string Plain = """{"key":"k","title":"T","approve":{},"rate":{"criteria":[{"key":"need","weight":1}]},"fund":{"amount":5,"unit":"EUR"}}""";
    private const string NotYetOpen = """{"key":"k","title":"T","preset":"challenge","rate":{"criteria":[{"key":"need","weight":1}]},"fund":{"amount":5,"unit":"EUR"}}""";

    private readonly Pseudonyms names = new(new byte[32]);
    private readonly HookedEngine engine = new(new TinyEngine());
    private readonly TextShelf texts = new();
    private readonly CampaignCatalog catalog;
    private readonly CampaignEditor editor;
    private readonly Caller team;

    public CampaignEditorTests()
    {
        var documents = new TextDocuments(texts, names, new GatewayOptions());
        catalog = new CampaignCatalog(engine, documents, names);
        editor = new CampaignEditor(engine, catalog, documents, names, new FixedTime());
        team = new Caller(Scopes.Manage, names.RandomId(), null, null, null);
    }

    [Fact]
    public async Task A_campaign_is_made_with_its_text_and_by_whom()
    {
        var made = await CreateAsync(Plain);

        made.Reply.Changed.ShouldBeTrue();
        made.Campaign!.Text.Title.ShouldBe("T");
        engine.Sent.Single().Actor.ShouldBe(team.Actor);
        (await catalog.GetAsync("k")).Text.ShouldBeSameAs(made.Campaign.Text);
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_again_is_the_same_and_leaves_nothing_behind()
    {
        var first = await CreateAsync(Plain);
        await editor.EnterAsync("k", "CLOSED", team, default);

        var again = await CreateAsync(Plain);

        again.Campaign!.Id.ShouldBe(first.Campaign!.Id);
        again.Reply.Changed.ShouldBeFalse();
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_the_same_key_is_refused()
    {
        await CreateAsync(Plain);

        var refused = await Should.ThrowAsync<ApiException>(() => CreateAsync("""{"key":"k","title":"Other"}"""));

        (refused.Status, refused.Code).ShouldBe((409, "campaign_exists"));
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_at_once_one_makes_it_and_both_are_answered()
    {
        var racing = true;
        engine.Before = async (_, _) =>
        {
            if (!racing)
                return null;
            racing = false;
            await CreateAsync(Plain);
            return null;
        };

        var slower = await CreateAsync(Plain);

        slower.Reply.Changed.ShouldBeFalse();
        slower.Campaign!.Text.Title.ShouldBe("T");
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_campaign_leaves_no_text_and_an_uncertain_one_does()
    {
        (await CreateAsync("""{"key":"k","title":"T","invest":{"budgetCredits":0}}""")).Reply.Refusal!.Field.ShouldBe("invest.budgetCredits");
        texts.Count.ShouldBe(0);

        engine.Before = (_, _) => Task.FromResult<Reply?>(Reply.OutcomeUnknown);
        (await CreateAsync(Plain)).Reply.Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_replaces_what_it_names_and_keeps_the_old_text()
    {
        await CreateAsync(Plain);

        var changed = await ChangeAsync("""{"title":"T2"}""");

        (changed.Campaign!.Text.Title, changed.Campaign.Text.Unit).ShouldBe(("T2", "EUR"));
        texts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_nothing_changes_nothing()
    {
        await CreateAsync(Plain);

        (await ChangeAsync("""{"title":" T "}""")).Reply.Changed.ShouldBeFalse();

        texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_changes_at_once_neither_is_lost()
    {
        await CreateAsync(Plain);
        var racing = true;
        engine.Before = async (_, _) =>
        {
            if (!racing)
                return null;
            racing = false;
            await ChangeAsync("""{"brief":"B"}""");
            return null;
        };

        var changed = await ChangeAsync("""{"title":"T2"}""");

        (changed.Campaign!.Text.Title, changed.Campaign.Text.Brief).ShouldBe(("T2", "B"));
        texts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Whoever_never_gets_a_turn_is_told_so()
    {
        await CreateAsync(Plain);
        engine.Before = (_, _) => Task.FromResult<Reply?>(Reply.Refused(new Refusal(RefusalCode.CampaignChanged, "")));

        (await ChangeAsync("""{"title":"T2"}""")).Reply.Refusal!.Code.ShouldBe("campaign_changed");

        texts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"rate":{"criteria":[{"key":"wish","weight":1}]}}""", "rate.criteria")]
    [InlineData("""{"fund":{"amount":5,"unit":"USD"}}""", "fund.unit")]
    public async Task Names_that_give_votes_their_meaning_stay_once_voting_has_opened(string change, string field)
    {
        await CreateAsync(Plain);

        var refused = await Should.ThrowAsync<ApiException>(() => ChangeAsync(change));

        (refused.Status, refused.Code, refused.Field).ShouldBe((409, "rule_frozen", field));
    }

    [Theory]
    [InlineData("""{"rate":{"criteria":[{"key":"wish","weight":1}]}}""")]
    [InlineData("""{"fund":{"amount":5,"unit":"USD"}}""")]
    public async Task Before_that_they_may_change(string change)
    {
        await CreateAsync(NotYetOpen);

        (await ChangeAsync(change)).Reply.Changed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_criterion_may_come_later()
    {
        await CreateAsync(Plain);

        var changed = await ChangeAsync("""{"rate":{"criteria":[{"key":"fun","weight":2},{"key":"need","weight":1}]}}""");

        changed.Campaign!.CriterionIndex("fun").ShouldBe(1);
        changed.Campaign.CriterionIndex("nope").ShouldBe(-1);
    }

    [Fact]
    public async Task Stages_are_entered_by_name_in_any_case()
    {
        await CreateAsync(NotYetOpen);

        (await editor.EnterAsync("k", " Review ", team, default)).Campaign!.State.CurrentStage.ShouldBe(2);
        (await Should.ThrowAsync<ApiException>(async () => await editor.EnterAsync("k", "party", team, default))).Code.ShouldBe("unknown_stage");
        (await Should.ThrowAsync<ApiException>(async () => await editor.EnterAsync("nowhere", "vote", team, default))).Code.ShouldBe("campaign_not_found");
    }

    [Theory]
    [InlineData("""{"key":"K","title":"T"}""", "key")]
    [InlineData("""{"key":"k"}""", "title")]
    public async Task Keys_and_titles_are_needed(string json, string field) =>
        (await Should.ThrowAsync<ApiException>(() => CreateAsync(json))).Field.ShouldBe(field);

    private Task<CampaignEditor.Outcome> CreateAsync(string json) =>
        editor.CreateAsync(RequestBody.Parse(Encoding.UTF8.GetBytes(json), CampaignJson.Default.CampaignRequest), team, default).AsTask();

    private Task<CampaignEditor.Outcome> ChangeAsync(string json) =>
        editor.ChangeAsync("k", RequestBody.Parse(Encoding.UTF8.GetBytes(json), CampaignJson.Default.CampaignPatch), team, default).AsTask();
}
