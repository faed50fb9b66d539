using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>All of what a team decides of a campaign: its text, its rules and its stages, which belong together by number.</summary>
/// <param name="Text">The text.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Stages">The stages.</param>
internal sealed record CampaignContent(CampaignText Text, Rules Rules, ImmutableArray<Stage> Stages)
{
    private const int MaxUnitChars = 20;
    private const int MaxDomains = 100;
    private const int PresetBudgetCredits = 100;

    /// <summary>What a campaign that says nothing of itself would be.</summary>
    public static CampaignContent Of(Preset preset, string key)
    {
        var (stages, names) = StageNames.Of(preset);
        var invest = preset == Preset.Budget ? new InvestRule(PresetBudgetCredits, null, null) : null;
        return new CampaignContent(
            new CampaignText(key, "", "", names, [], null, []),
            new Rules(null, null, invest, VotesCanChange: true, ScoresHidden: false, null, WhoMayVote.Anyone, [], Moderated: false),
            stages);
    }

    /// <summary>Whether both say the same.</summary>
    public bool SameAs(CampaignContent other) =>
        SameText(other.Text) && Rules == other.Rules && Stages.SequenceEqual(other.Stages);

    /// <summary>Whether the texts say the same.</summary>
    public bool SameText(CampaignText other) =>
        Text.Key == other.Key && Text.Title == other.Title && Text.Brief == other.Brief && Text.Unit == other.Unit
        && Text.Stages.SequenceEqual(other.Stages, StringComparer.Ordinal)
        && Text.Criteria.SequenceEqual(other.Criteria, StringComparer.Ordinal)
        && Text.Domains.SequenceEqual(other.Domains, StringComparer.Ordinal);

    /// <summary>This content with what a caller gave in its place.</summary>
    /// <param name="given">What the caller gave.</param>
    /// <param name="preset">The campaign's preset, whose stages are the default.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="pseudonyms">Hashes the domains.</param>
    /// <exception cref="ApiException">400, with the field to blame.</exception>
    public CampaignContent With(CampaignFields given, Preset preset, CampaignId id, Pseudonyms pseudonyms)
    {
        var (text, rules, stages) = (Text, Rules, Stages);
        if (given.Gives(nameof(given.Title)))
            text = text with { Title = TextRules.Line(given.Title, "title", CampaignFields.MaxTitleChars) };
        if (given.Gives(nameof(given.Brief)))
            text = text with { Brief = TextRules.Body(given.Brief, "brief", CampaignFields.MaxBriefChars) };
        if (given.Gives(nameof(given.Stages)))
        {
            var (listed, names) = given.Stages is { } bodies ? StageNames.Of(bodies) : StageNames.Of(preset);
            (stages, text) = (listed, text with { Stages = names });
        }
        if (given.Gives(nameof(given.Rate)))
        {
            var (rate, keys) = CriterionNames.Of(given.Rate, text.Criteria);
            (rules, text) = (rules with { Rate = rate }, text with { Criteria = keys });
        }
        if (given.Gives(nameof(given.Fund)))
        {
            rules = rules with { Fund = given.Fund?.Amount };
            text = text with { Unit = given.Fund is { } fund ? TextRules.Line(fund.Unit, "fund.unit", MaxUnitChars) : null };
        }
        if (given.Gives(nameof(given.Voters)))
        {
            var domains = Domains(given.Voters);
            text = text with { Domains = domains };
            rules = rules with { Who = given.Voters?.Who ?? WhoMayVote.Anyone, Domains = [.. domains.Select(domain => pseudonyms.Domain(id, domain))] };
        }
        return new CampaignContent(text, WithPlainRules(rules, given), stages);
    }

    private static Rules WithPlainRules(Rules rules, CampaignFields given)
    {
        if (given.Gives(nameof(given.Approve)))
            rules = rules with { Approve = given.Approve is { } approve ? new ApproveRule(approve.Max) : null };
        if (given.Gives(nameof(given.Invest)))
            rules = rules with { Invest = given.Invest is { } invest ? InvestRule(invest) : null };
        if (given.Gives(nameof(given.Rank)))
            rules = rules with { Rank = given.Rank is { } rank ? new RankRule(rank.MaxLength) : null };
        if (given.Gives(nameof(given.Duel)))
            rules = rules with { Duel = given.Duel is not null ? new DuelRule() : null };
        if (given.Gives(nameof(given.Ranking)))
            rules = rules with { Ranking = RankingRule(given.Ranking) };
        if (given.Gives(nameof(given.CanChangeVotes)))
            rules = rules with { VotesCanChange = given.CanChangeVotes ?? true };
        if (given.Gives(nameof(given.HideScores)))
            rules = rules with { ScoresHidden = given.HideScores ?? false };
        if (given.Gives(nameof(given.PublishBallots)))
            rules = rules with { Publication = given.PublishBallots == true ? new PublicationRule() : null };
        if (given.Gives(nameof(given.Moderation)))
            rules = rules with { Moderated = given.Moderation == Moderation.Before };
        return rules;
    }

    private static InvestRule InvestRule(InvestBody invest) => new(invest.BudgetCredits, invest.MinCredits, invest.MaxCredits)
    {
        Cost = invest.Cost == CreditCost.Linear ? null : invest.Cost,
    };

    private static RankingRule? RankingRule(RankingBody? ranking) =>
        ranking is null or { HalfLifeHours: null, PriorWeight: null, PriorMean: null }
            ? null
            : new RankingRule(ranking.HalfLifeHours, ranking.PriorWeight, ranking.PriorMean);

    private static ImmutableArray<string> Domains(VotersBody? voters)
    {
        if (voters is null || voters.Domains.Count == 0)
            return [];
        if (voters.Who != WhoMayVote.Confirmed)
            throw Invalid("Domains go with \"who\": \"confirmed\" only.");
        if (voters.Domains.Count > MaxDomains)
            throw Invalid($"At most {MaxDomains} domains are taken.");
        if (!voters.Domains.All(domain => Addresses.IsDomain(domain)))
            throw Invalid("A domain is a name like example.com.");
        // In one order: which of two lists of the same domains was sent says nothing.
        return [.. voters.Domains.Select(domain => domain.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ApiException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "invalid_field", detail, "voters.domains");
}
