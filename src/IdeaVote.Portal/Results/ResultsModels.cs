using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Results;
using IdeaVote.Portal.Analysis;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;

namespace IdeaVote.Portal.Results;

/// <summary>What the page of a result shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Brief">What was asked, Markdown.</param>
/// <param name="Methods">How people voted, as keys of texts.</param>
/// <param name="Result">The result; null if none is announced.</param>
/// <param name="Files">The files to count it again with; none while scores are hidden.</param>
/// <param name="Ballots">Where all ballots lie, if they are published; else null.</param>
/// <param name="CanAnnounce">Whether the visitor can announce one now.</param>
public sealed record ResultsModel(
    string Campaign, string Brief, IReadOnlyList<string> Methods, ResultModel? Result, IReadOnlyList<Download> Files, string? Ballots, bool CanAnnounce);

/// <summary>A result.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="At">When it was announced.</param>
/// <param name="CorrectedAt">When it was corrected; null for never.</param>
/// <param name="IsReopened">Whether voting has been opened again since.</param>
/// <param name="Text">What the team says, Markdown.</param>
/// <param name="By">The ranking, as the API names it.</param>
/// <param name="Voters">How many voted; null while that is hidden.</param>
/// <param name="Ideas">How many ideas there are.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Chosen">The ideas chosen.</param>
/// <param name="PassedOver">Ideas that rank above a chosen one and were not chosen.</param>
/// <param name="PassedOverCount">How many there are in all.</param>
/// <param name="Scale">The scale of scores and intervals; null if there is nothing to draw.</param>
public sealed record ResultModel(
    string Campaign, Instant At, Instant? CorrectedAt, bool IsReopened, string Text, string By, int? Voters, int Ideas, int Comments,
    IReadOnlyList<ResultRow> Chosen, IReadOnlyList<ResultRow> PassedOver, int PassedOverCount, ChartScale? Scale)
{
    /// <summary>A result as the API gives it.</summary>
    internal static ResultModel Of(CampaignView campaign, ResultsBody body, Visit visit)
    {
        var (chosen, passedOver) = (body.Chosen.Select(Row).ToArray(), body.PassedOver.Select(Row).ToArray());
        var values = chosen.Concat(passedOver).SelectMany(row => new[] { (double?)row.Place?.Score, row.Place?.Low, row.Place?.High }).OfType<double>().ToList();
        return new ResultModel(
            campaign.Key, Instant.From(body.AnnouncedAt), body.CorrectedAt is { } corrected ? Instant.From(corrected) : null, !body.VotingOver, body.Text, body.By,
            body.Voters, body.Ideas, body.Comments, chosen, passedOver, body.PassedOverCount, values.Count == 0 ? null : ChartScale.Of(values, 4));

        ResultRow Row(ResultIdea idea) => new(
            idea.Id, idea.Title, idea.Status, idea.Answer, IdeaReader.Cost(idea.Cost, campaign.Text.Unit, visit),
            idea.Place is { } place ? RankingRow.Of(body.By, place) : null);
    }
}

/// <summary>An idea in a result.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; null if nobody may read it any more.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="Answer">What the team says of it, Markdown; null for nothing.</param>
/// <param name="Cost">What it would cost, with its unit; null if unknown.</param>
/// <param name="Place">Its place in the ranking; null while that is hidden, or if it is out of the race.</param>
public sealed record ResultRow(string Id, string? Title, string Status, string? Answer, string? Cost, RankingRow? Place);

/// <summary>What the form for a result shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="IsOver">Whether voting is over, so that a result can be announced.</param>
/// <param name="IsCorrection">Whether one is announced already.</param>
/// <param name="Text">What the team says.</param>
/// <param name="By">The ranking chosen.</param>
/// <param name="Rankings">The rankings to choose from.</param>
/// <param name="Ideas">The ideas to choose from.</param>
/// <param name="Preview">What the page will show; null unless asked for.</param>
/// <param name="Field">The field that is wrong, as the API calls it; null for none.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
public sealed record AnnounceModel(
    string Campaign, bool IsOver, bool IsCorrection, string Text, string By, IReadOnlyList<string> Rankings, IReadOnlyList<IdeaChoice> Ideas,
    ResultModel? Preview, string? Field, string? Problem);

/// <summary>An idea that may be chosen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="Rank">Its rank; null if it is out of the race.</param>
/// <param name="Score">What it is ranked by; null without a vote.</param>
/// <param name="IsChosen">Whether it is chosen.</param>
public sealed record IdeaChoice(string Id, string Title, string Status, int? Rank, decimal? Score, bool IsChosen);
