using System.Collections.Concurrent;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Results;

/// <summary>
/// Reads the result of a campaign: what the team announced, and the counts of now beside it, which no vote moves any more. While scores are hidden
/// (voting was opened again) nothing of it depends on a vote.
/// </summary>
/// <param name="engine">Has the counts.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="leaderboards">Ranks.</param>
/// <param name="time">The clock of votes.</param>
internal sealed class ResultsReader(
    IEngine engine, TextDocuments documents, LeaderboardReader leaderboards, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private const int MaxPassedOver = 20;

    // One for each campaign that has announced something.
    private readonly ConcurrentDictionary<CampaignId, Kept> kept = new();

    /// <summary>Reads a result; null if none is announced.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="isExporter">Whether the reader sees hidden scores.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<ResultsBody?> ReadAsync(CampaignView campaign, bool isExporter, CancellationToken cancellation)
    {
        if (campaign.State.Results is not { } results)
            return null;
        var sees = isExporter || campaign.ScoresVisible(Now);
        var (revision, texts) = (await engine.QueryAsync(campaign.Id, static (board, _) => board.Revision, cancellation), documents.Forgotten);
        if (kept.TryGetValue(campaign.Id, out var known) && known.Revision == revision && known.Texts == texts && known.Sees == sees)
            return known.Body with { VotingOver = campaign.State.VotingOverSince(Now) is not null };
        var body = await ReadAsync(campaign, results, sees, results.What, cancellation);
        if (await engine.QueryAsync(campaign.Id, static (board, _) => board.Revision, cancellation) == revision)
            kept[campaign.Id] = new Kept(revision, texts, sees, body);
        return body;
    }

    /// <summary>What the result would be if this was announced now, for whoever is about to announce it.</summary>
    public ValueTask<ResultsBody> PreviewAsync(CampaignView campaign, ResultsDesk.Wish wish, CancellationToken cancellation)
    {
        var results = campaign.State.Results;
        var what = new Announcement(new TextRef(default, ""), wish.By, [.. wish.Chosen]);
        return ReadAsync(campaign, new Announced(what, results?.First ?? Now, Now), sees: true, what, cancellation, wish.Text);
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private async ValueTask<ResultsBody> ReadAsync(
        CampaignView campaign, Announced announced, bool sees, Announcement what, CancellationToken cancellation, string? said = null)
    {
        said ??= (await documents.ReadAsync(what.Text, ResultsTextJson.Default.ResultsText, cancellation))?.Text ?? "";
        var rows = sees ? await RowsAsync(campaign, what, cancellation) : [];
        var places = rows.ToDictionary(row => row.Idea);
        var last = what.Chosen.Max(idea => places.GetValueOrDefault(idea)?.Rank);
        var passedOver = rows.Where(row => row.Rank < last && !what.Chosen.Contains(row.Idea)).ToArray();
        IdeaId[] shown = [.. what.Chosen, .. passedOver.Take(MaxPassedOver).Select(row => row.Idea)];
        var (ideas, voters, count, comments) = await engine.QueryAsync(
            campaign.Id,
            (board, _) => (shown.Select(board.Find).OfType<IdeaTally>().DistinctBy(idea => idea.Id).ToDictionary(idea => idea.Id, idea => (idea.Text, idea.Status, idea.Answer, idea.Cost)),
                board.Voters, board.Ideas.Count(idea => idea.Status.IsPublic()), board.Ideas.Where(idea => idea.Status.IsPublic()).Sum(idea => idea.Comments)),
            cancellation);
        var titles = await documents.ReadManyAsync([.. ideas.Values.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var answers = await documents.ReadManyAsync([.. ideas.Values.Select(idea => idea.Answer).OfType<TextRef>()], IdeaTextJson.Default.AnswerText, cancellation);
        return new ResultsBody(
            campaign.Key, campaign.Text.Title, announced.First.ToDateTimeOffset(), announced.Last == announced.First ? null : announced.Last.ToDateTimeOffset(),
            campaign.State.VotingOverSince(Now) is not null, said, RankNames.Of(what.By), sees ? voters : null, count, comments,
            [.. what.Chosen.Where(ideas.ContainsKey).Select(Of)], [.. passedOver.Take(MaxPassedOver).Where(row => ideas.ContainsKey(row.Idea)).Select(row => Of(row.Idea))], passedOver.Length);

        ResultIdea Of(IdeaId id)
        {
            var idea = ideas[id];
            var isPublic = idea.Status.IsPublic();
            var text = isPublic ? titles.GetValueOrDefault(idea.Text.Id) : null;
            return new ResultIdea(
                id.ToString(), text?.Title, IdeaStatusNames.Of(idea.Status), isPublic && idea.Answer is { } answer ? answers.GetValueOrDefault(answer.Id)?.Answer : null,
                idea.Cost, places.TryGetValue(id, out var place) ? LeaderboardDesk.Row(place, text) : null);
        }
    }

    private async ValueTask<IReadOnlyList<RankedPlace>> RowsAsync(CampaignView campaign, Announcement what, CancellationToken cancellation)
    {
        try
        {
            var query = LeaderboardQuery.Plain(what.By) with { Top = LeaderboardQuery.MaxTop };
            return (await leaderboards.ReadAsync(campaign, query, Position.Start, -1, cancellation)).Rows ?? [];
        }
        catch (ApiException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            // Too many ideas for this ranking by now: what was announced is shown all the same.
            return [];
        }
    }

    private sealed record Kept(long Revision, long Texts, bool Sees, ResultsBody Body);
}
