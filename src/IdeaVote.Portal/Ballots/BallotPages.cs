using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.News;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Ballots;

/// <summary>All votes of the visitor in one campaign on one page, changeable there, and what has become of the ideas they backed.</summary>
internal static class BallotPages
{
    /// <summary>The most ideas on the page; the ballot itself can hold more.</summary>
    private const int MaxIdeas = 500;

    private const int MaxNews = 5;

    /// <summary>Maps it.</summary>
    public static void MapBallot(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/ballot", handlers.ShowAsync, Scopes.Vote);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, IEngine engine, VoteDesk desk, InvitationDesk invitations, TextDocuments documents, IdeaReader reader, NewsDesk news, Pseudonyms pseudonyms)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            var voter = await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted);
            var why = await desk.WhyNotAsync(campaign, visit.Caller, null, visit.Now, context.RequestAborted);
            var items = await ItemsAsync(campaign, voter, why, visit, context.RequestAborted);
            var model = new BallotModel(campaign.Key, why, CampaignAsk.Of(campaign, voter, visit), items, voter.Ballot.Order.Ideas.Length, voter.Ballot.Duels.Count,
                await news.StepsAsync(campaign, visit.Account!, MaxNews, context.RequestAborted))
            {
                Brought = await invitations.BroughtAsync(campaign.Id, visit.Caller, context.RequestAborted),
                ShowsVoted = visit.Exports || campaign.ScoresVisible(visit.Now),
            };
            var frame = new Frame(visit["nav.ballot"], CampaignCard.Frame(campaign, visit), "ballot");
            await pages.WriteAsync<BallotPage, BallotModel>(context, frame, model);
        }

        private async ValueTask<IReadOnlyList<BallotItem>> ItemsAsync(
            CampaignView campaign, Voter voter, string? why, Visit visit, CancellationToken cancellation)
        {
            var ballot = voter.Ballot;
            var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
            // The order first, as it stands; then the rest as they were submitted.
            IdeaId[] ids = [.. ballot.Order.Ideas.Concat(ballot.Approvals.Keys).Concat(ballot.Ratings.Keys).Concat(ballot.Investments.Keys).Distinct().Take(MaxIdeas)];
            var ideas = await engine.QueryAsync(
                campaign.Id,
                (board, _) => ids.Select(board.Find).Where(idea => idea is not null)
                    .Select(idea => (idea!.Id, idea.Text, idea.Status, idea.Answer, idea.Ordinal, IsSeen: viewer.Sees(idea))).ToArray(),
                cancellation);
            var merged = await MergedAsync(campaign, voter, visit, cancellation);
            var titles = await documents.ReadManyAsync([.. ideas.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
            return [.. ideas
                .OrderBy(idea => ballot.Order.Ideas.IndexOf(idea.Id) is >= 0 and var place ? place : int.MaxValue).ThenBy(idea => idea.Ordinal)
                .Select(idea => new BallotItem(
                    idea.Id.ToString(), idea.IsSeen ? titles.GetValueOrDefault(idea.Text.Id)?.Title ?? visit["idea.erased.title"] : visit["idea.hidden.title"],
                    IdeaStatusNames.Of(idea.Status), idea.IsSeen && idea.Answer is not null, idea.IsSeen,
                    VotePanel.Of(campaign, idea.Id, voter, idea.Status.TakesVotes() ? why : "vote.status"))
                {
                    Merged = merged.TryGetValue(idea.Id, out var parts) ? parts : [],
                })];
        }

        /// <summary>The titles of ideas on which the voter's votes were cast that count for another now, by that.</summary>
        private async ValueTask<Dictionary<IdeaId, IdeaTitle[]>> MergedAsync(CampaignView campaign, Voter voter, Visit visit, CancellationToken cancellation)
        {
            var links = voter.Merged.Links.Take(MaxIdeas).ToArray();
            var titles = (await reader.TitlesAsync(campaign, [.. links.Select(link => link.From)], visit, cancellation)).ToDictionary(title => title.Id, StringComparer.Ordinal);
            return links.Where(link => titles.ContainsKey(link.From.ToString())).GroupBy(link => voter.Merged.RootOf(link.From))
                .ToDictionary(group => group.Key, group => group.Select(link => titles[link.From.ToString()]).ToArray());
        }
    }
}

/// <summary>What the page of a ballot shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="WhyNot">Why nothing can be changed now, as the key of a text; null if it can.</param>
/// <param name="Ask">What is left to give.</param>
/// <param name="Items">The ideas with votes.</param>
/// <param name="Ordered">How many are in the order.</param>
/// <param name="Duels">How many duels are decided.</param>
/// <param name="News">What has become of the ideas since.</param>
public sealed record BallotModel(
    string Campaign, string? WhyNot, CampaignAsk Ask, IReadOnlyList<BallotItem> Items, int Ordered, int Duels, IReadOnlyList<NewsEntry> News)
{
    /// <summary>How many people the visitor has brought into the campaign.</summary>
    public Brought Brought { get; init; }

    /// <summary>Whether to say how many of them have voted, which tells of votes while scores are hidden.</summary>
    public bool ShowsVoted { get; init; }
}

/// <summary>An idea on a ballot.</summary>
/// <param name="Id">The idea's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="HasAnswer">Whether the team has answered.</param>
/// <param name="IsSeen">Whether the visitor may see the idea itself.</param>
/// <param name="Panel">The votes on it, and the forms to change them.</param>
public sealed record BallotItem(string Id, string Title, string Status, bool HasAnswer, bool IsSeen, VotePanel Panel)
{
    /// <summary>Ideas that became part of it and on which the visitor had voted.</summary>
    public IReadOnlyList<IdeaTitle> Merged { get; init; } = [];
}
