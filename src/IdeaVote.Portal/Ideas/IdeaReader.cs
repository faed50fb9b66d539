using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Votes;

namespace IdeaVote.Portal.Ideas;

/// <summary>Reads what the page of an idea shows.</summary>
/// <param name="engine">Has the counts.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="texts">Knows whose they are.</param>
/// <param name="accounts">Knows who that is.</param>
/// <param name="desk">Has the ballots.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class IdeaReader(IEngine engine, TextDocuments documents, ITextStore texts, IAccountStore accounts, VoteDesk desk, Pseudonyms pseudonyms)
{
    private const int MaxSteps = 100;
    private const int MaxParts = 20;

    /// <summary>Reads the page.</summary>
    public async ValueTask<IdeaModel> ReadAsync(CampaignView campaign, IdeaId id, Idea idea, Visit visit, CancellationToken cancellation)
    {
        var text = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, cancellation);
        var steps = idea.History.Skip(1).TakeLast(MaxSteps).Reverse().ToArray();
        var answers = await documents.ReadManyAsync([.. steps.Select(step => step.Answer).OfType<TextRef>()], IdeaTextJson.Default.AnswerText, cancellation);
        var voter = await desk.ReadAsync(campaign, visit.Caller, cancellation);
        var parts = await engine.QueryAsync(campaign.Id, (board, _) => board.MergedInto(id).ToArray(), cancellation);
        return new IdeaModel(
            campaign.Key, id.ToString(), text?.Title ?? visit["idea.erased.title"], text?.Body ?? visit["idea.erased.text"], text?.Tags ?? [],
            IdeaStatusNames.Of(idea.Status), idea.Revisions[0].At, await AuthorsAsync(idea, cancellation), Cost(idea.Cost, campaign.Text.Unit, visit),
            [.. steps.Select(step => new StatusStep(step.At, IdeaStatusNames.Of(step.Status), step.Answer is { } answer ? answers.GetValueOrDefault(answer.Id)?.Answer : null))],
            await PanelAsync(campaign, id, idea, voter, visit, cancellation),
            visit.Manages || (IsAuthor(campaign, idea, visit) && campaign.State.AllowsAt(visit.Now, Allows.Submit)),
            idea.Revisions.Length > 1 ? idea.Revisions[^1].At : null)
        {
            TakesVotes = idea.Status.TakesVotes(),
            MergedInto = idea.MergedInto is { } into ? await TitlesAsync(campaign, [into], visit, cancellation) is [var target, ..] ? target : null : null,
            Merged = await TitlesAsync(campaign, [.. parts.Take(MaxParts)], visit, cancellation),
            MergedCount = parts.Length,
        };
    }

    /// <summary>The titles of ideas, in the same order; those that are not there are left out.</summary>
    public async ValueTask<IReadOnlyList<IdeaTitle>> TitlesAsync(CampaignView campaign, IReadOnlyList<IdeaId> ideas, Visit visit, CancellationToken cancellation)
    {
        if (ideas.Count == 0)
            return [];
        var found = await engine.QueryAsync(
            campaign.Id, (board, _) => ideas.Select(board.Find).OfType<IdeaTally>().Select(idea => (idea.Id, idea.Text)).ToArray(), cancellation);
        var titles = await documents.ReadManyAsync([.. found.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return [.. found.Select(idea => new IdeaTitle(idea.Id.ToString(), titles.GetValueOrDefault(idea.Text.Id)?.Title ?? visit["idea.erased.title"]))];
    }

    /// <summary>Reads the counts and the forms.</summary>
    public async ValueTask<VoteAreaModel> PanelAsync(CampaignView campaign, IdeaId id, Idea idea, Voter voter, Visit visit, CancellationToken cancellation)
    {
        var why = await desk.WhyNotAsync(campaign, visit.Caller, idea.Status, visit.Now, cancellation);
        var sees = visit.Exports || campaign.ScoresVisible(visit.Now);
        var tally = sees
            ? await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is { } found ? TallyOf(found, board, visit.Now) : null, cancellation)
            : null;
        return new VoteAreaModel(VotePanel.Of(campaign, id, voter, why), tally, !campaign.ScoresVisible(visit.Now));
    }

    /// <summary>Whether the visitor is among an idea's authors.</summary>
    public bool IsAuthor(CampaignView campaign, Idea idea, Visit visit) =>
        visit.Caller.Voter is { } name && idea.Authors.Contains(pseudonyms.Voter(campaign.Id, name));

    /// <summary>A sum of the campaign's money as the visitor reads it; null for none.</summary>
    public static string? Cost(decimal? cost, string? unit, Visit visit) =>
        cost is { } sum ? $"{visit.Language.Number(sum, 2)}\u00a0{unit}".TrimEnd() : null;

    private static TallyModel TallyOf(IdeaTally idea, Board board, Instant now)
    {
        var rules = board.Campaign.Rules;
        var ratings = rules.Rate is null ? null : Rankers.Local(RankBy.Rating, rules).Detail(idea, board);
        return new TallyModel(
            rules.Approve is null ? null : new ApprovalTally(idea.Approvals, board.Voters, Rankers.Local(RankBy.Approvals, rules).Detail(idea, board).Interval),
            ratings is null ? null : new RatingTally(ratings.Score, idea.Raters, ratings.Interval),
            rules.Invest is null ? null : new InvestedTally(idea.Invested, idea.Investors),
            rules.Rank is null ? null : idea.Rankers)
        {
            History = idea.HistoryUntil(now),
        };
    }

    /// <summary>Events name voters only; who that is follows from whose the first text is.</summary>
    private async ValueTask<IReadOnlyList<AuthorName>> AuthorsAsync(Idea idea, CancellationToken cancellation)
    {
        if (idea.Authors.IsEmpty)
            return [];
        var owner = (await texts.GetAsync(idea.Revisions[0].Text.Id, cancellation))?.Owner;
        var account = owner is { } person ? (await accounts.FindByPersonsAsync([person], cancellation)).GetValueOrDefault(person) : null;
        return [new AuthorName(account?.Name, account is { HidesProfile: false } ? account.Id.ToString() : null)];
    }
}
