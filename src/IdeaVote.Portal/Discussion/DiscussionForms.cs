using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Discussion;

/// <summary>The forms by which people discuss an idea. Sent twice, each does what it says once.</summary>
internal static class DiscussionForms
{
    private const string Talk = "/c/{c}/ideas/{i}/talk";

    /// <summary>Maps them.</summary>
    public static void MapDiscussionForms(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapForm(Talk, handlers.StartAsync, Scopes.Vote);
        routes.MapForm(Talk + "/{t}/{m}/reply", handlers.ReplyAsync, Scopes.Vote);
        routes.MapForm(Talk + "/{t}/{m}/edit", handlers.EditAsync, Scopes.Vote);
        routes.MapForm(Talk + "/{t}/{m}/delete", handlers.DeleteAsync, Scopes.Vote);
        routes.MapForm(Talk + "/{t}/{m}/report", handlers.ReportAsync, Scopes.Vote);
        routes.MapForm(Talk + "/{t}/{m}/moderate", handlers.ModerateAsync, Scopes.Manage);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, IdeaPageWriter writer, DiscussionLoader loader, DiscussionReader reader, DiscussionDesk desk,
        Pseudonyms pseudonyms, Throttle throttle)
    {
        public Task StartAsync(HttpContext context, Form form) => WriteAsync(context, form, "new", async (place, cancellation) =>
        {
            var (id, reply) = await desk.StartAsync(place.Visit.Caller, place.Campaign, place.Id, Text(form), Key(form), cancellation);
            return (id, reply);
        }, "notice.commented");

        public Task ReplyAsync(HttpContext context, Form form) => WriteAsync(context, form, "reply-" + context.Route("m"), async (place, cancellation) =>
        {
            var (thread, comment) = await CommentAsync(context, place, cancellation);
            // Who answers the first comment answers the thread.
            CommentId? replyTo = comment.Id.Value == thread.Id.Value ? null : comment.Id;
            return await desk.ReplyAsync(place.Visit.Caller, place.Campaign, place.Id, thread.Id, form["text"], replyTo, Key(form), cancellation);
        }, "notice.commented");

        public Task EditAsync(HttpContext context, Form form) => WriteAsync(context, form, "edit-" + context.Route("m"), async (place, cancellation) =>
        {
            var (thread, comment) = await CommentAsync(context, place, cancellation);
            return (comment.Id, await desk.EditAsync(place.Visit.Caller, Stream(place, thread), comment, Text(form), cancellation));
        }, "notice.commentEdited");

        public Task DeleteAsync(HttpContext context, Form form) => ActAsync(context, form, async (place, cancellation) =>
        {
            var (thread, comment) = await CommentAsync(context, place, cancellation);
            return (comment.Id, await desk.DeleteAsync(place.Visit.Caller, Stream(place, thread), comment.Id));
        }, "notice.commentDeleted");

        public Task ReportAsync(HttpContext context, Form form) => ActAsync(context, form, async (place, cancellation) =>
        {
            var concern = ConcernNames.Read(form["reason"]);
            var (thread, comment) = await CommentAsync(context, place, cancellation);
            return (comment.Id, await desk.ReportAsync(place.Visit.Caller, Stream(place, thread), comment.Id, concern, cancellation));
        }, "notice.commentReported");

        public Task ModerateAsync(HttpContext context, Form form)
        {
            Concern? hidden = form.Maybe("reason") is { } reason ? ConcernNames.Read(reason) : null;
            return ActAsync(context, form, async (place, cancellation) =>
            {
                var (thread, comment) = await CommentAsync(context, place, cancellation);
                return (comment.Id, await desk.ModerateAsync(place.Visit.Caller, Stream(place, thread), comment.Id, hidden, cancellation));
            }, hidden is null ? "notice.commentShown" : "notice.commentHidden");
        }

        /// <summary>Does what a form with a text says; what is not taken comes back with the text still in it.</summary>
        private async Task WriteAsync(
            HttpContext context, Form form, string name, Func<Place, CancellationToken, ValueTask<(CommentId, Reply)>> act, string notice)
        {
            try
            {
                await ActAsync(context, form, act, notice);
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500 && e.Status != StatusCodes.Status404NotFound && !Pages.WantsFragment(context))
            {
                var place = await PlaceAsync(context);
                var problem = PageProblems.Explain(place.Visit, new Problem(e.Status, e.Code, e.Message, e.Field));
                await writer.WriteAsync(context, place.Campaign, place.Id, place.Idea, ViewOf(form), new Draft(name, form["text"], problem), PageProblems.StatusOf(context, e));
            }
        }

        private async Task ActAsync(HttpContext context, Form form, Func<Place, CancellationToken, ValueTask<(CommentId, Reply)>> act, string notice)
        {
            var place = await PlaceAsync(context);
            throttle.Count(Act.Comment, place.Visit.Caller.Name);
            var (id, reply) = await act(place, context.RequestAborted);
            await reader.AwaitAsync(VoteDesk.Require(reply).Position, context.RequestAborted);
            var view = ViewOf(form);
            // A new thread stands on the first page.
            if (notice == "notice.commented" && view.Only is null)
                view = view with { From = null };
            if (Pages.WantsFragment(context))
            {
                var model = await loader.ReadAsync(place.Campaign, place.Id, place.Idea, view, place.Visit, context.RequestAborted);
                await pages.WriteFragmentAsync<DiscussionArea, DiscussionModel>(context, model with { Done = notice });
                return;
            }
            context.SeeOther(LocalUrl.Or(form["to"], $"/c/{place.Campaign.Key}/ideas/{place.Id}{view.Query}#m-{id}"), new Notice(notice));
        }

        private async ValueTask<Place> PlaceAsync(HttpContext context)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            return new Place(campaign, id, idea, visits.Of(context));
        }

        private async ValueTask<(ThreadView Thread, Comment Comment)> CommentAsync(HttpContext context, Place place, CancellationToken cancellation)
        {
            if (Id.TryParse(context.Route("t"), out var thread) && Id.TryParse(context.Route("m"), out var comment)
                && await reader.FindAsync(place.Campaign.Id, place.Id, new ThreadId(thread), cancellation) is { } found
                && found.State.Find(new CommentId(comment)) is { } there)
                return (found, there);
            throw new ApiException(StatusCodes.Status404NotFound, RefusalCode.CommentNotFound, "There is no such comment, or it is gone.");
        }

        private static StreamId Stream(Place place, ThreadView thread) => StreamId.Of(place.Campaign.Id, thread.Id);

        private static DiscussionView ViewOf(Form form) => DiscussionViews.Of(form["talk"], form.Maybe("from"), form.Maybe("thread"), form["page"]);

        // Forms send two characters for each end of a line, which nobody typed.
        private static string Text(Form form) => form["text"].ReplaceLineEndings("\n");

        private string Key(Form form) => Id.TryParse(form["key"], out var key) ? key.ToString() : pseudonyms.RandomId().ToString();
    }

    private sealed record Place(CampaignView Campaign, IdeaId Id, Idea Idea, Visit Visit);
}
