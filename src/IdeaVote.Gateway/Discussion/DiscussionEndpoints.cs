using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Discussion;

/// <summary>Discussing ideas: threads, replies, reports, and what the team decides on them.</summary>
internal static class DiscussionEndpoints
{
    // 5,000 characters, each escaped, and all the rest.
    private const int MaxBytes = 64 * 1024;
    private const int MaxLimit = 50;
    private const int MaxReplies = 100;

    private const string Threads = "/campaigns/{c}/ideas/{i}/threads";
    private const string Comment = Threads + "/{t}/comments/{m}";
    private const Scopes Writers = Scopes.Vote | Scopes.VoteAny | Scopes.Manage;

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapDiscussion(this IEndpointRouteBuilder api)
    {
        var bodies = ActivatorUtilities.CreateInstance<DiscussionBodies>(api.ServiceProvider);
        var discussion = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, bodies);

        api.MapGet(Threads, discussion.ListAsync).AllowsAnyone()
            .Describe("The discussion of an idea", doc => Read(doc).Answer(200, DiscussionJson.Default.ThreadPage)
                .Query("order", "active (default: the thread with the latest comment first) or oldest.", "active")
                .Query("limit", $"How many threads, 1 to {MaxLimit}; 20 unless given.", "20")
                .Query("replies", $"How many of the newest replies come with each thread, 0 to {MaxLimit}; 10 unless given.", "10")
                .Query("cursor", "`next` of the page before, in the same order."));
        api.MapPost(Threads, discussion.StartAsync).Requires(Writers)
            .Describe("Begin a thread", doc => Post(doc).Takes(DiscussionJson.Default.NewThreadBody, """{"text":"Could it go along the *canal* instead?"}""", MaxBytes));
        api.MapGet(Threads + "/{t}", discussion.GetAsync).AllowsAnyone()
            .Describe("One thread", doc => Read(doc).Answer(200, DiscussionJson.Default.ThreadBody)
                .Query("limit", $"How many replies, 1 to {MaxReplies}; {MaxReplies} unless given.", "100")
                .Query("cursor", "`next` of the page before.")
                .Problem(404, RefusalCode.ThreadNotFound));
        api.MapPost(Threads + "/{t}/comments", discussion.ReplyAsync).Requires(Writers)
            .Describe("Reply in a thread", doc => Post(doc).Takes(DiscussionJson.Default.NewReplyBody, """{"text":"The canal floods in spring."}""", MaxBytes)
                .Problem(404, RefusalCode.ThreadNotFound, RefusalCode.CommentNotFound).Problem(409, RefusalCode.ThreadFull));
        api.MapPatch(Comment, discussion.EditAsync).Requires(Writers)
            .Describe("Change what a comment says", doc => Act(doc, RefusalCode.StageClosed, RefusalCode.EditsExceeded)
                .Note($"By its author alone; {CommentThread.MaxTexts - 1} times at most.")
                .Takes(DiscussionJson.Default.CommentChangeBody, """{"text":"The canal floods every spring."}""", MaxBytes)
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who edits.")
                .Problem(400, "voter_required").Problem(403, RefusalCode.NotAuthor));
        api.MapDelete(Comment, discussion.DeleteAsync).Requires(Writers)
            .Describe("Delete a comment", doc => Act(doc)
                .Note("By its author alone, in any stage. Its texts are erased; its place in the thread stays.")
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who deletes.")
                .Problem(400, "voter_required").Problem(403, RefusalCode.NotAuthor));
        api.MapPut(Comment + "/report", discussion.ReportAsync).Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Report a comment to the team", doc => Act(doc, RefusalCode.OwnComment)
                .Note($"Reasons: {ConcernNames.Known}. Each voter has one report; a comment keeps {CommentThread.MaxReports}.")
                .Takes(DiscussionJson.Default.ReportBody, """{"reason":"spam"}""", MaxBytes)
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who reports.")
                .Problem(400, "voter_required"));
        api.MapPut(Comment + "/hidden", discussion.ModerateAsync).Requires(Scopes.Manage)
            .Describe("Hide a comment, or show it", doc => Act(doc)
                .Note($"`reason` is one of {ConcernNames.Known}, or null to show the comment. Its reports are settled either way.")
                .Takes(DiscussionJson.Default.ModerationBody, """{"reason":"abuse"}""", MaxBytes));
        api.MapGet("/campaigns/{c}/reports", discussion.ReportsAsync).Requires(Scopes.Manage)
            .Describe("Reported comments", doc => doc.ReadsAfter().Answer(200, DiscussionJson.Default.ReportPage)
                .Note("Those with reports that the team has not decided on, the longest waiting first.")
                .Query("limit", $"How many, 1 to {MaxLimit}; 20 unless given.", "20")
                .Query("cursor", "`next` of the page before.")
                .Problem(400, "invalid_cursor").Problem(404, RefusalCode.CampaignNotFound));
    }

    private static EndpointDoc Read(EndpointDoc doc) =>
        doc.ReadsAfter().Problem(400, "invalid_cursor").Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound);

    private static EndpointDoc Post(EndpointDoc doc) => doc.Answer(201, DiscussionJson.Default.CommentBody).Repeatable()
        .Note($"Written by the voter who acts, or by the team. Sending it again is safe with an Idempotency-Key. {CommentText.MaxChars:N0} characters of Markdown; {CommentThread.MaxComments:N0} comments a thread.")
        .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who writes.")
        .Problem(400, "voter_required").Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound)
        .Problem(409, RefusalCode.StageClosed, RefusalCode.IdeaNotPublic).Problem(503, "overloaded", "outcome_unknown");

    private static EndpointDoc Act(EndpointDoc doc, params string[] conflicts)
    {
        doc.Answer(200, DiscussionJson.Default.CommentBody)
            .Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound, RefusalCode.ThreadNotFound, RefusalCode.CommentNotFound)
            .Problem(503, "overloaded", "outcome_unknown");
        return conflicts.Length > 0 ? doc.Problem(409, conflicts) : doc;
    }

    private sealed class Handlers(
        IEngine engine, CampaignCatalog catalog, Idempotency idempotency, DiscussionDesk desk, DiscussionReader reader, DiscussionBodies bodies,
        Pseudonyms pseudonyms, Positions positions)
    {
        public async Task ListAsync(HttpContext context)
        {
            var (campaign, idea, viewer) = await FindAsync(context);
            var query = context.Request.Query;
            QueryStrings.Check(query, "order", "limit", "replies", "cursor");
            var order = OrderOf(query["order"].ToString());
            var limit = QueryStrings.Number(query, "limit", 1, MaxLimit, 20);
            var replies = QueryStrings.Number(query, "replies", 0, MaxLimit, 10);
            var cursor = PlaceCursor.Read(QueryStrings.Text(query, "cursor", 100), (byte)order);
            await AwaitAsync(context);
            var (threads, next) = await reader.ThreadsAsync(campaign.Id, idea, order, viewer.Manages, cursor, limit, context.RequestAborted);
            var page = new ThreadPage(await bodies.OfAsync(threads, replies, viewer, context.RequestAborted), next?.ToString());
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, page, DiscussionJson.Default.ThreadPage);
        }

        public async Task GetAsync(HttpContext context)
        {
            var (campaign, idea, viewer) = await FindAsync(context);
            var query = context.Request.Query;
            QueryStrings.Check(query, "limit", "cursor");
            var limit = QueryStrings.Number(query, "limit", 1, MaxReplies, MaxReplies);
            var from = QueryStrings.Number(query, "cursor", 1, CommentThread.MaxComments, 1);
            var thread = await ThreadAsync(context, campaign, idea);
            await JsonResponse.WriteAsync(
                context, StatusCodes.Status200OK, await bodies.OfAsync(thread, from, limit, viewer, context.RequestAborted), DiscussionJson.Default.ThreadBody);
        }

        public async Task StartAsync(HttpContext context)
        {
            var (campaign, idea, viewer) = await FindAsync(context);
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var text = CommentText.Of(RequestBody.Parse(body.Memory.Span, DiscussionJson.Default.NewThreadBody).Text).Text;
            var key = await idempotency.ClaimAsync(context, body.Memory);
            var (id, reply) = await desk.StartAsync(context.Caller(), campaign, idea, text, key, context.RequestAborted);
            await AnswerAsync(context, StatusCodes.Status201Created, id, viewer, reply, $"/{id}");
        }

        public async Task ReplyAsync(HttpContext context)
        {
            var (campaign, idea, viewer) = await FindAsync(context);
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var wish = RequestBody.Parse(body.Memory.Span, DiscussionJson.Default.NewReplyBody);
            var text = CommentText.Of(wish.Text).Text;
            var replyTo = wish.ReplyTo is null ? (CommentId?)null : Id.TryParse(wish.ReplyTo, out var answered)
                ? new CommentId(answered)
                : throw CommonProblems.Invalid("replyTo", "This is no comment's id.");
            var thread = await ThreadAsync(context, campaign, idea);
            var key = await idempotency.ClaimAsync(context, body.Memory);
            var (id, reply) = await desk.ReplyAsync(context.Caller(), campaign, idea, thread.Id, text, replyTo, key, context.RequestAborted);
            await AnswerAsync(context, StatusCodes.Status201Created, id, viewer, reply, $"/{id}");
        }

        public async Task EditAsync(HttpContext context)
        {
            var change = await RequestBody.ReadAsync(context, DiscussionJson.Default.CommentChangeBody, MaxBytes);
            var (stream, comment, viewer) = await CommentAsync(context);
            await AnswerAsync(context, comment.Id, viewer, await desk.EditAsync(context.Caller(), stream, comment, change.Text, context.RequestAborted));
        }

        public async Task DeleteAsync(HttpContext context)
        {
            var (stream, comment, viewer) = await CommentAsync(context);
            await AnswerAsync(context, comment.Id, viewer, await desk.DeleteAsync(context.Caller(), stream, comment.Id));
        }

        public async Task ReportAsync(HttpContext context)
        {
            var concern = ConcernNames.Read((await RequestBody.ReadAsync(context, DiscussionJson.Default.ReportBody, MaxBytes)).Reason);
            var (stream, comment, viewer) = await CommentAsync(context);
            await AnswerAsync(context, comment.Id, viewer, await desk.ReportAsync(context.Caller(), stream, comment.Id, concern, context.RequestAborted));
        }

        public async Task ModerateAsync(HttpContext context)
        {
            var wish = await RequestBody.ReadAsync(context, DiscussionJson.Default.ModerationBody, MaxBytes);
            Concern? hidden = wish.Reason is null ? null : ConcernNames.Read(wish.Reason);
            var (stream, comment, viewer) = await CommentAsync(context);
            await AnswerAsync(context, comment.Id, viewer, await desk.ModerateAsync(context.Caller(), stream, comment.Id, hidden, context.RequestAborted));
        }

        public async Task ReportsAsync(HttpContext context)
        {
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "limit", "cursor");
            var limit = QueryStrings.Number(query, "limit", 1, MaxLimit, 20);
            var cursor = PlaceCursor.Read(QueryStrings.Text(query, "cursor", 100), PlaceCursor.Reports);
            await AwaitAsync(context);
            var (items, next) = await reader.ReportsAsync(campaign.Id, cursor, limit, context.RequestAborted);
            var viewer = Viewer.Of(context.Caller(), campaign.Id, pseudonyms);
            var page = new ReportPage(await bodies.OfAsync(items, viewer, context.RequestAborted), next?.ToString());
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, page, DiscussionJson.Default.ReportPage);
        }

        /// <summary>The idea that the path names, if the caller may know of it.</summary>
        private async ValueTask<(CampaignView Campaign, IdeaId Idea, Viewer Viewer)> FindAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var viewer = Viewer.Of(context.Caller(), campaign.Id, pseudonyms);
            return IdeaNames.TryResolve(context, campaign.Id, pseudonyms, out var id)
                && await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is { } idea && viewer.Sees(idea), context.RequestAborted)
                ? (campaign, id, viewer)
                : throw CommonProblems.NoSuchIdea();
        }

        private async ValueTask<ThreadView> ThreadAsync(HttpContext context, CampaignView campaign, IdeaId idea) =>
            Id.TryParse(context.Route("t"), out var id) && await reader.FindAsync(campaign.Id, idea, new ThreadId(id), context.RequestAborted) is { } thread
                ? thread
                : throw new ApiException(StatusCodes.Status404NotFound, RefusalCode.ThreadNotFound, "This idea has no such thread.");

        private async ValueTask<(StreamId Stream, Comment Comment, Viewer Viewer)> CommentAsync(HttpContext context)
        {
            var (campaign, idea, viewer) = await FindAsync(context);
            var thread = await ThreadAsync(context, campaign, idea);
            return Id.TryParse(context.Route("m"), out var id) && thread.State.Find(new CommentId(id)) is { } comment
                ? (StreamId.Of(campaign.Id, thread.Id), comment, viewer)
                : throw new ApiException(StatusCodes.Status404NotFound, RefusalCode.CommentNotFound, "There is no such comment, or it is gone.");
        }

        private ValueTask AwaitAsync(HttpContext context) => reader.AwaitAsync(positions.After(context), context.RequestAborted);

        private Task AnswerAsync(HttpContext context, CommentId comment, Viewer viewer, Reply reply) =>
            AnswerAsync(context, StatusCodes.Status200OK, comment, viewer, reply, null);

        private async Task AnswerAsync(HttpContext context, int status, CommentId comment, Viewer viewer, Reply reply, string? location)
        {
            if (reply.Kind != ReplyKind.Accepted)
            {
                await Problems.WriteAsync(context, reply);
                return;
            }
            if (location is not null)
                context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}{location}";
            positions.WritePosition(context, reply.Position);
            var body = await bodies.OfAsync(((CommentThread)reply.State!).Find(comment)!, viewer, context.RequestAborted);
            await JsonResponse.WriteAsync(context, status, body, DiscussionJson.Default.CommentBody);
        }

        private static ThreadOrder OrderOf(string name) => name switch
        {
            "" or "active" => ThreadOrder.Active,
            "oldest" => ThreadOrder.Oldest,
            _ => throw CommonProblems.Invalid("order", "\"order\" is active or oldest."),
        };
    }
}
