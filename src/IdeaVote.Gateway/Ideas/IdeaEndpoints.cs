using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
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

namespace IdeaVote.Gateway.Ideas;

/// <summary>Submitting, changing, answering and reading ideas.</summary>
internal static class IdeaEndpoints
{
    // A body of 20,000 characters, each escaped, and all the rest.
    private const int MaxBytes = 256 * 1024;

    private const string NewExample =
        """{"title":"A bike lane on Mill Road","body":"Between station and school, **both ways**.","tags":["traffic"],"cost":12000.50,"reference":"bike-lanes"}""";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapIdeas(this IEndpointRouteBuilder api)
    {
        var services = api.ServiceProvider;
        var writer = ActivatorUtilities.CreateInstance<IdeaWriter>(services);
        var ideas = ActivatorUtilities.CreateInstance<Handlers>(
            services,
            ActivatorUtilities.CreateInstance<IdeaSubmission>(services, writer),
            ActivatorUtilities.CreateInstance<IdeaEditing>(services, writer),
            ActivatorUtilities.CreateInstance<IdeaBodies>(services),
            ActivatorUtilities.CreateInstance<IdeaList>(services, new FrozenOrders(services.GetRequiredKeyedService<TimeProvider>(VoteClock.Key), TimeSpan.Zero)));

        api.MapPost("/campaigns/{c}/ideas", ideas.SubmitAsync).Requires(Scopes.Vote | Scopes.VoteAny | Scopes.Manage)
            .Describe("Submit an idea", doc => doc
                .Note("Its author is the voter who acts, or none when the team acts. Sending it again is safe with a reference or an Idempotency-Key. " +
                    "Title 200, body 20,000, reference 200 characters; 20 tags of 50. `buildsOn` names an idea of the campaign that it takes further.")
                .Takes(IdeasJson.Default.NewIdeaBody, NewExample, MaxBytes)
                .Answer(201, IdeasJson.Default.IdeaBody).Repeatable()
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who submits.")
                .Problem(400, "voter_required").Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound).Problem(409, RefusalCode.ReferenceTaken, RefusalCode.StageClosed)
                .Problem(503, "overloaded", "outcome_unknown"));
        api.MapPatch("/campaigns/{c}/ideas/{i}", ideas.ChangeAsync).Requires(Scopes.Vote | Scopes.VoteAny | Scopes.Manage)
            .Describe("Change an idea", doc => Write(doc, RefusalCode.StageClosed, RefusalCode.CostFrozen, "text_erased")
                .Note("By its author or the team. What is absent stays; `tags` null takes all away, `cost` null makes it unknown. The texts before stay readable.")
                .Takes(IdeasJson.Default.IdeaChangeBody, """{"title":"A bike lane on Mill Road and Bridge Street","tags":["traffic","safety"]}""", MaxBytes)
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who edits.")
                .Problem(400, "voter_required").Problem(403, RefusalCode.NotAuthor));
        api.MapPut("/campaigns/{c}/ideas/{i}/status", ideas.SetStatusAsync).Requires(Scopes.Manage)
            .Describe("Set an idea's status and answer its voters", doc => Write(doc, RefusalCode.StatusNotSettable)
                .Note($"Statuses: {IdeaStatusNames.Known}. Declining or withdrawing gives investments back. The answer has at most 20,000 characters.")
                .Takes(IdeasJson.Default.StatusBody, """{"status":"planned","answer":"Building starts in spring."}""", MaxBytes));
        api.MapPut("/campaigns/{c}/ideas/{i}/merge", ideas.MergeAsync).Requires(Scopes.Manage)
            .Describe("Make an idea part of another", doc => Write(doc, RefusalCode.IdeaMerged, RefusalCode.IdeaNotMergeable)
                .Note("Its votes follow within moments, and nobody counts twice: approving either approves the other, of two ratings that of the idea they " +
                    "became stands, credits add up as far as one idea may get, in an order the idea takes the best of their places. Undoing it gives every vote " +
                    "back as it was cast, unless the voter has changed it meanwhile. `into` is an id or `ref:` and a reference.")
                .Takes(IdeasJson.Default.MergeBody, """{"into":"ref:bike-path","answer":"The same wish as in that idea: your votes count there now."}""", MaxBytes));
        api.MapDelete("/campaigns/{c}/ideas/{i}/merge", ideas.UnmergeAsync).Requires(Scopes.Manage)
            .Describe("Let a merged idea stand for itself again", doc => Write(doc)
                .Note("It is what it was before, and its votes come back within moments. Where the idea is part of no other, nothing changes."));
        api.MapGet("/campaigns/{c}/ideas", ideas.ListAsync).AllowsAnyone()
            .Describe("List and search ideas", doc => Read(doc).Answer(200, IdeasJson.Default.IdeaPage)
                .Query("q", $"Words the idea must hold; the last may be a beginning. At most {ListQuery.MaxWords} characters and {IdeaList.MaxHits} hits.", "bike lane")
                .Query("tag", "A tag the idea must have.", "traffic")
                .Query("status", "Statuses the idea may have, with commas between.", "published,planned")
                .Query("sort", $"newest (default), oldest, or a ranking, best first: {RankNames.Known}; with q also relevance, its default. Rankings only where scores are visible.", "newest")
                .Query("limit", $"How many, 1 to {ListQuery.MaxLimit}; 20 unless given.", "20")
                .Query("cursor", "`next` of the page before, with all else but limit unchanged.")
                .Problem(400, "invalid_cursor", "missing_field", "invalid_text").Problem(403, "scores_hidden").Problem(409, RefusalCode.MethodOff, "too_many_ideas").Problem(410, "cursor_expired"));
        api.MapGet("/campaigns/{c}/ideas/{i}", ideas.GetAsync).AllowsAnyone()
            .Describe("One idea with its history", doc => Read(doc).Answer(200, IdeasJson.Default.IdeaBody)
                .Note($"`{{i}}` is an id, or `ref:` and the reference, URL-encoded. Histories show their newest {IdeaBodies.MaxHistory} entries, `remixes` the newest {IdeaRemixes.MaxShown} ideas that take it further.")
                .Problem(404, RefusalCode.IdeaNotFound));
    }

    private static EndpointDoc Write(EndpointDoc doc, params string[] conflicts)
    {
        doc.Answer(200, IdeasJson.Default.IdeaBody)
            .Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound)
            .Problem(503, "overloaded", "outcome_unknown");
        return conflicts.Length > 0 ? doc.Problem(409, conflicts) : doc;
    }

    private static EndpointDoc Read(EndpointDoc doc) => doc.ReadsAfter().Problem(404, RefusalCode.CampaignNotFound);

    private sealed class Handlers(
        IEngine engine, CampaignCatalog catalog, Idempotency idempotency, IdeaSubmission submission, IdeaEditing editing, IdeaBodies bodies, IdeaList list,
        Pseudonyms pseudonyms, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public async Task SubmitAsync(HttpContext context)
        {
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var request = RequestBody.Parse(body.Memory.Span, IdeasJson.Default.NewIdeaBody);
            var caller = context.Caller();
            IdeaSubmission.Check(caller, request);
            var key = await idempotency.ClaimAsync(context, body.Memory);
            var (id, reply) = await submission.SubmitAsync(caller, campaign, request, key, context.RequestAborted);
            if (reply.Kind == ReplyKind.Accepted)
                context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}/{id}";
            await AnswerAsync(context, StatusCodes.Status201Created, campaign, id, reply);
        }

        public async Task ChangeAsync(HttpContext context)
        {
            var change = await RequestBody.ReadAsync(context, IdeasJson.Default.IdeaChangeBody, MaxBytes);
            var (campaign, id, idea) = await FindAsync(context);
            await AnswerAsync(context, StatusCodes.Status200OK, campaign, id, await editing.ChangeAsync(context.Caller(), campaign, id, idea, change, context.RequestAborted));
        }

        public async Task SetStatusAsync(HttpContext context)
        {
            var status = await RequestBody.ReadAsync(context, IdeasJson.Default.StatusBody, MaxBytes);
            var (campaign, id, idea) = await FindAsync(context);
            await AnswerAsync(context, StatusCodes.Status200OK, campaign, id, await editing.SetStatusAsync(context.Caller(), campaign, id, idea, status, context.RequestAborted));
        }

        public async Task MergeAsync(HttpContext context)
        {
            var wish = await RequestBody.ReadAsync(context, IdeasJson.Default.MergeBody, MaxBytes);
            var (campaign, id, _) = await FindAsync(context);
            await AnswerAsync(context, StatusCodes.Status200OK, campaign, id, await editing.MergeAsync(context.Caller(), campaign, id, wish, context.RequestAborted));
        }

        public async Task UnmergeAsync(HttpContext context)
        {
            var (campaign, id, _) = await FindAsync(context);
            await AnswerAsync(context, StatusCodes.Status200OK, campaign, id, await editing.UnmergeAsync(context.Caller(), campaign, id, context.RequestAborted));
        }

        public async Task ListAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = ListQuery.Of(context.Request.Query, campaign.Id, pseudonyms);
            var (cards, next) = await list.ReadAsync(context, campaign, query, Viewer.Of(context.Caller(), campaign.Id, pseudonyms));
            var page = new IdeaPage(await bodies.OfAsync(campaign, cards, context.RequestAborted), next?.ToString());
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, page, IdeasJson.Default.IdeaPage);
        }

        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var (campaign, id, idea) = await FindAsync(context);
            var card = IdeaCard.Of(id, idea, await TallyAsync(context, campaign, id)) with
            {
                Merged = await engine.QueryAsync(campaign.Id, (board, _) => board.MergedInto(id).ToArray(), context.RequestAborted),
            };
            var viewer = Viewer.Of(context.Caller(), campaign.Id, pseudonyms);
            var remixes = await engine.QueryAsync(
                campaign.Id, (board, _) => IdeaRemixes.Of(board, id, viewer).Select(remix => remix.Id.ToString()).ToArray(), context.RequestAborted);
            var body = await bodies.WithHistoryAsync(campaign, card, idea, context.RequestAborted);
            await JsonResponse.WriteAsync(
                context, StatusCodes.Status200OK, body with { Remixes = remixes.Length > 0 ? remixes : null }, IdeasJson.Default.IdeaBody);
        }

        /// <summary>The idea that the path names, if the caller may know of it.</summary>
        private async ValueTask<(CampaignView Campaign, IdeaId Id, Idea Idea)> FindAsync(HttpContext context)
        {
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            // The board is asked first: it knows every idea, and names that lead nowhere cost no more than that.
            if (!IdeaNames.TryResolve(context, campaign.Id, pseudonyms, out var id)
                || !await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is not null))
                throw CommonProblems.NoSuchIdea();
            var reply = await engine.ReadAsync(StreamId.Of(campaign.Id, id), context.RequestAborted);
            if (reply.State is not Idea idea)
                throw Positions.NotYet();
            return idea.Exists && Viewer.Of(context.Caller(), campaign.Id, pseudonyms).Sees(idea)
                ? (campaign, id, idea)
                : throw CommonProblems.NoSuchIdea();
        }

        private async ValueTask<TallyBody?> TallyAsync(HttpContext context, CampaignView campaign, IdeaId id) =>
            (await Viewer.Of(context.Caller(), campaign.Id, pseudonyms).TallyOfAsync(engine, campaign.Id, id, Instant.From(time.GetUtcNow()))).Tally;

        private async Task AnswerAsync(HttpContext context, int status, CampaignView campaign, IdeaId id, Reply reply)
        {
            if (reply.Kind != ReplyKind.Accepted)
            {
                await Problems.WriteAsync(context, reply);
                return;
            }
            positions.WritePosition(context, reply.Position);
            var card = IdeaCard.Of(id, (Idea)reply.State!, await TallyAsync(context, campaign, id));
            await JsonResponse.WriteAsync(context, status, await bodies.OfAsync(campaign, card, context.RequestAborted), IdeasJson.Default.IdeaBody);
        }
    }
}
