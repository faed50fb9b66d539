using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Engine.Snapshots;

/// <summary>The written form of a campaign's state.</summary>
internal static class CampaignSnapshot
{
    public static void Write(SnapshotWriter output, Campaign campaign)
    {
        output.Write(campaign.Text);
        output.Write((long)campaign.Preset);
        Write(output, campaign.Rules);
        output.Write(campaign.Stages.Length);
        foreach (var stage in campaign.Stages)
        {
            output.Write((long)stage.Allows);
            output.Write(stage.Starts is not null);
            if (stage.Starts is { } starts)
                output.Write(starts);
        }
        output.Write(campaign.CurrentStage);
        output.Write(campaign.Since);
        output.Write(campaign.VotingOpened);
        output.Write(campaign.Results is not null);
        if (campaign.Results is not { } results)
            return;
        output.Write(results.What.Text);
        output.Write((long)results.What.By);
        output.Write(results.What.Chosen.Length);
        foreach (var idea in results.What.Chosen)
            output.Write(idea.Value);
        output.Write(results.First);
        output.Write(results.Last);
    }

    public static Campaign Read(ref SnapshotReader input, long version)
    {
        var text = input.ReadText();
        var preset = (Preset)input.ReadInt();
        var rules = ReadRules(ref input);
        var stages = ImmutableArray.CreateBuilder<Stage>();
        for (var count = input.ReadInt(); count > 0; count--)
            stages.Add(new Stage((Allows)input.ReadInt(), input.ReadBool() ? input.ReadInstant() : null));
        return Campaign.Restore(
            version, text, preset, rules, stages.DrainToImmutable(), input.ReadInt(), input.ReadInstant(), input.ReadBool(),
            input.ReadBool() ? ReadResults(ref input) : null);
    }

    private static Announced ReadResults(ref SnapshotReader input)
    {
        var (text, by) = (input.ReadText(), (RankBy)input.ReadInt());
        var chosen = ImmutableArray.CreateBuilder<IdeaId>();
        for (var count = input.ReadInt(); count > 0; count--)
            chosen.Add(new IdeaId(input.ReadId()));
        return new Announced(new Announcement(text, by, chosen.DrainToImmutable()), input.ReadInstant(), input.ReadInstant());
    }

    private static void Write(SnapshotWriter output, Rules rules)
    {
        output.Write(rules.Approve is not null);
        if (rules.Approve is { } approve)
            output.WriteMaybe(approve.Max);
        output.Write(rules.Rate?.Weights.Length ?? 0);
        foreach (var weight in rules.Rate?.Weights ?? [])
            output.Write((decimal?)weight);
        output.Write(rules.Invest is not null);
        if (rules.Invest is { } invest)
        {
            output.Write((long)invest.BudgetCredits);
            output.WriteMaybe(invest.MinCredits);
            output.WriteMaybe(invest.MaxCredits);
            output.WriteMaybe((int?)invest.Cost);
        }
        output.Write(rules.VotesCanChange);
        output.Write(rules.ScoresHidden);
        output.Write(rules.Fund);
        output.Write((long)rules.Who);
        output.Write(rules.Domains);
        output.Write(rules.Moderated);
        output.WriteMaybe(rules.Rank?.MaxLength);
        output.Write(rules.Duel is not null);
        output.Write(rules.Publication is not null);
        output.Write(rules.Ranking is not null);
        if (rules.Ranking is not { } ranking)
            return;
        output.WriteMaybe(ranking.HalfLifeHours);
        output.Write(ranking.PriorWeight);
        output.Write(ranking.PriorMean);
    }

    private static Rules ReadRules(ref SnapshotReader input)
    {
        var approve = input.ReadBool() ? new ApproveRule(input.ReadMaybeInt()) : null;
        var weights = ImmutableArray.CreateBuilder<decimal>();
        for (var count = input.ReadInt(); count > 0; count--)
            weights.Add(input.ReadMaybeDecimal() ?? throw new FormatException("A weight is missing."));
        var invest = input.ReadBool()
            ? new InvestRule(input.ReadInt(), input.ReadMaybeInt(), input.ReadMaybeInt()) { Cost = (CreditCost?)input.ReadMaybeInt() }
            : null;
        return new Rules(
            approve,
            weights.Count > 0 ? new RateRule(weights.DrainToImmutable()) : null,
            invest,
            input.ReadBool(), input.ReadBool(), input.ReadMaybeDecimal(), (WhoMayVote)input.ReadInt(), input.ReadTerms(), input.ReadBool())
        {
            Rank = input.ReadMaybeInt() is { } length ? new RankRule(length) : null,
            Duel = input.ReadBool() ? new DuelRule() : null,
            Publication = input.ReadBool() ? new PublicationRule() : null,
            Ranking = input.ReadBool() ? new RankingRule(input.ReadMaybeInt(), input.ReadMaybeDecimal(), input.ReadMaybeDecimal()) : null,
        };
    }
}
