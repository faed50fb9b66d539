using IdeaVote.Domain.Ideas;
using IdeaVote.Engine;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Roadmap;

/// <summary>What the team has taken up, and how far it is: a column for each status.</summary>
internal static class RoadmapPages
{
    /// <summary>The most ideas of a column; the list by status shows all.</summary>
    private const int MaxIdeas = 30;

    private static readonly IdeaStatus[] Columns = [IdeaStatus.UnderReview, IdeaStatus.Planned, IdeaStatus.Building, IdeaStatus.Shipped];

    /// <summary>Maps it.</summary>
    public static void MapRoadmap(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/roadmap", handlers.ShowAsync);
    }

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, IEngine engine, TextDocuments documents)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            var sees = visit.Exports || campaign.ScoresVisible(visit.Now);
            var columns = await engine.QueryAsync(campaign.Id, (board, _) => Array.ConvertAll(Columns, status =>
            {
                var all = board.Ideas.Where(idea => idea.Status == status).ToArray();
                // Those with the most support first where that may be seen; the newest first where not.
                var first = (sees ? all.OrderByDescending(idea => idea.Approvals + idea.Raters + idea.Investors).ThenByDescending(idea => idea.Ordinal) : all.Reverse())
                    .Take(MaxIdeas).Select(idea => (idea.Id, idea.Text, Support: sees && board.Campaign.Rules.Approve is not null ? idea.Approvals : default(int?))).ToArray();
                return (Status: status, Count: all.Length, Ideas: first);
            }), context.RequestAborted);
            var texts = await documents.ReadManyAsync(
                [.. columns.SelectMany(column => column.Ideas).Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var model = new RoadmapModel(campaign.Key, [.. columns.Select(column => new RoadmapColumn(
                IdeaStatusNames.Of(column.Status), column.Count,
                [.. column.Ideas.Select(idea => new RoadmapIdea(
                    idea.Id.ToString(), texts.GetValueOrDefault(idea.Text.Id)?.Title ?? visit["idea.erased.title"], texts.GetValueOrDefault(idea.Text.Id)?.Tags ?? [], idea.Support))]))]);
            await pages.WriteAsync<RoadmapPage, RoadmapModel>(
                context, new Frame(visit["nav.roadmap"], CampaignCard.Frame(campaign, visit), "roadmap") { IsWide = true }, model);
        }
    }
}

/// <summary>What the roadmap shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Columns">Its columns.</param>
public sealed record RoadmapModel(string Campaign, IReadOnlyList<RoadmapColumn> Columns);

/// <summary>The ideas of one status.</summary>
/// <param name="Status">The status, as the API names it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Ideas">The first of them.</param>
public sealed record RoadmapColumn(string Status, int Count, IReadOnlyList<RoadmapIdea> Ideas);

/// <summary>An idea on the roadmap.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Approvals">Its approvals; null if hidden or off.</param>
public sealed record RoadmapIdea(string Id, string Title, IReadOnlyList<string> Tags, int? Approvals);
