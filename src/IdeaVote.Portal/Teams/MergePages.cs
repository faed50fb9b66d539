using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Teams;

/// <summary>Making a duplicate part of the idea that it repeats, and undoing that.</summary>
internal static class MergePages
{
    private const int MaxCandidates = 8;
    private const int MaxSearch = 200;
    private const int ExcerptChars = 200;

    /// <summary>Maps them.</summary>
    public static void MapMerge(this IEndpointRouteBuilder routes)
    {
        var writer = ActivatorUtilities.CreateInstance<IdeaWriter>(routes.ServiceProvider);
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider, ActivatorUtilities.CreateInstance<IdeaEditing>(routes.ServiceProvider, writer));
        routes.MapPage("/c/{c}/ideas/{i}/merge", handlers.ShowAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/ideas/{i}/merge", handlers.MergeAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/ideas/{i}/unmerge", handlers.UnmergeAsync, Scopes.Manage);
    }

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, IEngine engine, ISearchIndex search, IdeaEditing editing, TextDocuments documents)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            var visit = visits.Of(context);
            var text = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var asked = context.Request.Query["q"].ToString().Trim();
            var words = asked.Length > 0 ? asked : text?.Title ?? "";
            var hits = words.Length is > 0 and <= MaxSearch ? await search.SimilarAsync(campaign.Id, words, MaxCandidates * 2, context.RequestAborted) : [];
            // Several ideas may have become part of this one already: it stays possible to go on from here.
            var found = await engine.QueryAsync(campaign.Id, (board, _) => hits.Select(board.Find)
                .Where(other => other is not null && other.Id != id && other.Status.TakesVotes())
                .Take(MaxCandidates)
                .Select(other => (other!.Id, other.Text, other.Status, other.SubmittedAt)).ToArray(), context.RequestAborted);
            var texts = await documents.ReadManyAsync([.. found.Select(other => other.Text)], IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var model = new MergeModel(
                campaign.Key, id.ToString(), text?.Title ?? visit["idea.erased.title"], asked, idea.Status.TakesVotes(),
                [.. found.Select(other => new MergeCandidate(
                    other.Id.ToString(), texts.GetValueOrDefault(other.Text.Id)?.Title ?? visit["idea.erased.title"],
                    texts.GetValueOrDefault(other.Text.Id) is { } body ? Markdown.SafeMarkdown.Excerpt(body.Body, ExcerptChars) : "",
                    IdeaStatusNames.Of(other.Status), other.SubmittedAt))]);
            await pages.WriteAsync<MergePage, MergeModel>(context, new Frame(visit["merge.title"], CampaignCard.Frame(campaign, visit), "ideas"), model);
        }

        public async Task MergeAsync(HttpContext context, Form form)
        {
            var (campaign, id, _) = await finder.FindAsync(context);
            var wish = new MergeBody(form["into"], form.Maybe("answer"));
            VoteDesk.Require(await editing.MergeAsync(visits.Of(context).Caller, campaign, id, wish, context.RequestAborted));
            context.SeeOther($"/c/{campaign.Key}/ideas/{id}", new Notice("notice.merged"));
        }

        public async Task UnmergeAsync(HttpContext context, Form form)
        {
            var (campaign, id, _) = await finder.FindAsync(context);
            VoteDesk.Require(await editing.UnmergeAsync(visits.Of(context).Caller, campaign, id, context.RequestAborted));
            context.SeeOther($"/c/{campaign.Key}/ideas/{id}", new Notice("notice.unmerged"));
        }
    }
}

/// <summary>What the page for merging shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Idea">The id of the idea that is to become part of another.</param>
/// <param name="Title">Its title.</param>
/// <param name="Search">What was searched for; empty for what is similar by itself.</param>
/// <param name="CanMerge">Whether it is in a state to be merged.</param>
/// <param name="Candidates">Ideas it may repeat, the most similar first.</param>
public sealed record MergeModel(string Campaign, string Idea, string Title, string Search, bool CanMerge, IReadOnlyList<MergeCandidate> Candidates);

/// <summary>An idea that another may become part of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Excerpt">How its body begins.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
public sealed record MergeCandidate(string Id, string Title, string Excerpt, string Status, Instant SubmittedAt);
