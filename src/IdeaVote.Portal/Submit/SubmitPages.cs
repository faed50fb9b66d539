using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Remix;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Submit;

/// <summary>Submitting an idea, and editing one's own.</summary>
internal static class SubmitPages
{
    private const int MaxSimilar = 5;
    private const int MinSimilarChars = 4;

    /// <summary>Maps them.</summary>
    public static void MapSubmit(this IEndpointRouteBuilder routes)
    {
        var writer = ActivatorUtilities.CreateInstance<IdeaWriter>(routes.ServiceProvider);
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(
            routes.ServiceProvider,
            ActivatorUtilities.CreateInstance<IdeaSubmission>(routes.ServiceProvider, writer),
            ActivatorUtilities.CreateInstance<IdeaEditing>(routes.ServiceProvider, writer));
        routes.MapPage("/c/{c}/new", handlers.ShowNewAsync, Scopes.Vote);
        routes.MapForm("/c/{c}/new", handlers.SubmitAsync, Scopes.Vote);
        routes.MapPage("/c/{c}/similar", handlers.SimilarAsync);
        routes.MapForm("/preview", handlers.PreviewAsync, Scopes.Vote);
        routes.MapPage("/c/{c}/ideas/{i}/edit", handlers.ShowEditAsync, Scopes.Vote);
        routes.MapForm("/c/{c}/ideas/{i}/edit", handlers.EditAsync, Scopes.Vote);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, IEngine engine, ISearchIndex search, IdeaSubmission submission, IdeaEditing editing,
        TextDocuments documents, IdeaReader reader, IdeaCards cards, VoteDesk desk, Pseudonyms pseudonyms, Throttle throttle)
    {
        public async Task ShowNewAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            var similar = context.Request.Query["title"].ToString() is { Length: > 0 } title ? await SimilarAsync(context, campaign, title) : [];
            var (original, tags) = await OriginalAsync(context, campaign, context.Request.Query["on"]) ?? (null, []);
            var model = new SubmitModel(
                campaign.Key, null, context.Request.Query["title"].ToString(), "", string.Join(", ", tags), "", campaign.Text.Unit, pseudonyms.RandomId().ToString(),
                campaign.State.AllowsAt(visit.Now, Allows.Submit), campaign.State.Rules.Moderated, similar)
            {
                Original = original,
            };
            await FormAsync(context, campaign, model);
        }

        public async Task SubmitAsync(HttpContext context, Form form)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            try
            {
                throttle.Count(Act.Submit, visit.Caller.Name);
                var wish = new NewIdeaBody(form["title"], form["body"], Tags(form["tags"]), Cost(form["cost"]), BuildsOn: form.Maybe("on"));
                // The key is made with the form: sent twice, it is one idea.
                var (id, reply) = await submission.SubmitAsync(visit.Caller, campaign, wish, Key(form["key"]), context.RequestAborted);
                VoteDesk.Require(reply);
                context.SeeOther($"/c/{campaign.Key}/ideas/{id}", new Notice(campaign.State.Rules.Moderated ? "notice.submittedModerated" : "notice.submitted"));
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500)
            {
                // What was typed stays, whatever was wrong.
                var model = new SubmitModel(
                    campaign.Key, null, form["title"], form["body"], form["tags"], form["cost"], campaign.Text.Unit, Key(form["key"]),
                    campaign.State.AllowsAt(visit.Now, Allows.Submit), campaign.State.Rules.Moderated, [])
                {
                    Original = (await OriginalAsync(context, campaign, form["on"]))?.Original,
                    Field = e.Field,
                    Problem = PageProblems.Explain(visit, new Problem(e.Status, e.Code, e.Message, e.Field)),
                };
                await FormAsync(context, campaign, model, PageProblems.StatusOf(context, e));
            }
        }

        public async Task SimilarAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var similar = await SimilarAsync(context, campaign, context.Request.Query["title"].ToString());
            await pages.WriteFragmentAsync<SimilarIdeas, SimilarModel>(context, new SimilarModel(similar));
        }

        public async Task PreviewAsync(HttpContext context, Form form) =>
            await pages.WriteFragmentAsync<Preview, string>(context, IdeaInput.Body(form["body"]));

        public async Task ShowEditAsync(HttpContext context)
        {
            var (campaign, id, idea) = await EditableAsync(context);
            var visit = visits.Of(context);
            var text = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var model = new SubmitModel(
                campaign.Key, id.ToString(), text?.Title ?? "", text?.Body ?? "", string.Join(", ", text?.Tags ?? []),
                idea.Cost is { } cost ? visit.Language.Number(cost, 2) : "", campaign.Text.Unit, "", true, false, []);
            await FormAsync(context, campaign, model);
        }

        public async Task EditAsync(HttpContext context, Form form)
        {
            var (campaign, id, idea) = await EditableAsync(context);
            var visit = visits.Of(context);
            try
            {
                var change = new IdeaChangeBody { Title = form["title"], Body = form["body"], Tags = Tags(form["tags"]) };
                if (Cost(form["cost"]) is var cost && cost != idea.Cost)
                    change.Cost = cost;
                VoteDesk.Require(await editing.ChangeAsync(visit.Caller, campaign, id, idea, change, context.RequestAborted));
                context.SeeOther($"/c/{campaign.Key}/ideas/{id}", new Notice("notice.edited"));
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500)
            {
                var model = new SubmitModel(
                    campaign.Key, id.ToString(), form["title"], form["body"], form["tags"], form["cost"], campaign.Text.Unit, "", true, false, [])
                {
                    Field = e.Field,
                    Problem = PageProblems.Explain(visit, new Problem(e.Status, e.Code, e.Message, e.Field)),
                };
                await FormAsync(context, campaign, model, StatusCodes.Status422UnprocessableEntity);
            }
        }

        /// <summary>The idea of the address, if the visitor may edit it now.</summary>
        /// <exception cref="ApiException">404; 403 <c>not_author</c>; 409 <c>stage_closed</c>.</exception>
        private async ValueTask<(CampaignView Campaign, IdeaId Id, Idea Idea)> EditableAsync(HttpContext context)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            var visit = visits.Of(context);
            if (!visit.Manages && !reader.IsAuthor(campaign, idea, visit))
                throw new ApiException(StatusCodes.Status403Forbidden, RefusalCode.NotAuthor, "Only the idea's author and the team may edit it.");
            if (!visit.Manages && !campaign.State.AllowsAt(visit.Now, Allows.Submit))
                throw new ApiException(StatusCodes.Status409Conflict, RefusalCode.StageClosed, "This stage of the campaign does not take changes of ideas.");
            return (campaign, id, idea);
        }

        private Task FormAsync(HttpContext context, CampaignView campaign, SubmitModel model, int status = StatusCodes.Status200OK)
        {
            var visit = visits.Of(context);
            var frame = new Frame(visit[model.Idea is null ? "submit.title" : "edit.title"], CampaignCard.Frame(campaign, visit), "ideas") { Modules = ["submit.js"] };
            return pages.WriteAsync<SubmitPage, SubmitModel>(context, frame, model, status);
        }

        /// <summary>The idea that the new one is to take further, with its tags; null for none.</summary>
        private async ValueTask<(IdeaLink? Original, IReadOnlyList<string> Tags)?> OriginalAsync(HttpContext context, CampaignView campaign, string? name)
        {
            if (!Id.TryParse(name, out var id) || await finder.ReadAsync(campaign, new IdeaId(id), visits.Of(context).Caller, context.RequestAborted) is not { } idea)
                return null;
            var text = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, context.RequestAborted);
            return (new IdeaLink(id.ToString(), text?.Title ?? visits.Of(context)["idea.erased.title"], IdeaStatusNames.Of(idea.Status)), text?.Tags ?? []);
        }

        /// <summary>The ideas that say most of what a title says: those that hold all its words, then those that hold some.</summary>
        private async ValueTask<IReadOnlyList<IdeaCardModel>> SimilarAsync(HttpContext context, CampaignView campaign, string title)
        {
            if (title.Trim() is not { Length: >= MinSimilarChars and <= IdeaInput.MaxTitle } words)
                return [];
            var visit = visits.Of(context);
            var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
            var hits = await search.SimilarAsync(campaign.Id, words, MaxSimilar * 2, context.RequestAborted);
            var found = await engine.QueryAsync(campaign.Id, (board, _) => hits.Select(board.Find)
                .Where(idea => idea is not null && viewer.Sees(idea) && idea.Status is not (IdeaStatus.Withdrawn or IdeaStatus.Merged))
                .Take(MaxSimilar)
                .Select(idea => IdeaCard.Of(idea!, viewer.SeesScores(board, visit.Now) ? TallyBody.Of(idea!, board.Campaign.Rules) : null)).ToArray(), context.RequestAborted);
            var voter = await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted);
            return await cards.OfAsync(campaign, found, voter, canVote: false, visit, context.RequestAborted);
        }

        private static IReadOnlyList<string> Tags(string text) =>
            [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

        private static decimal? Cost(string text) => text.Trim().Length == 0
            ? null
            : Amounts.TryRead(text, out var cost)
                ? cost
                : throw new ApiException(StatusCodes.Status400BadRequest, "invalid_cost", "A cost is a number, 0 or more.", "cost");

        private string Key(string text) => Id.TryParse(text, out var key) ? key.ToString() : pseudonyms.RandomId().ToString();
    }
}

/// <summary>What the form for an idea shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Idea">The id of the idea that is edited; null for a new one.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body, Markdown.</param>
/// <param name="Tags">Its tags, with commas between.</param>
/// <param name="Cost">What it would cost, as it was typed.</param>
/// <param name="Unit">The unit of costs; null for none.</param>
/// <param name="Key">Makes sending the form twice one idea.</param>
/// <param name="IsOpen">Whether ideas can be submitted now.</param>
/// <param name="IsModerated">Whether the team looks at it first.</param>
/// <param name="Similar">Ideas like it.</param>
public sealed record SubmitModel(
    string Campaign, string? Idea, string Title, string Body, string Tags, string Cost, string? Unit, string Key, bool IsOpen, bool IsModerated,
    IReadOnlyList<IdeaCardModel> Similar)
{
    /// <summary>The idea that the new one takes further; null for none.</summary>
    public IdeaLink? Original { get; init; }

    /// <summary>The field that is wrong; null for none.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }
}

/// <summary>Ideas like the one that is typed.</summary>
/// <param name="Ideas">The ideas, most alike first.</param>
public sealed record SimilarModel(IReadOnlyList<IdeaCardModel> Ideas);
