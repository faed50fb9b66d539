using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.News;

/// <summary>What became of what a voter backed, wrote and said.</summary>
internal static class NewsEndpoints
{
    private const int MaxLimit = 200;

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapNews(this IEndpointRouteBuilder api)
    {
        var news = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/news", news.GetAsync).Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("What became of one's ideas, votes and comments", doc => doc.ReadsAfter()
                .Note("Statuses and answers of ideas that the voter wrote, or backed before, announced results, replies to the voter's comments, comments on the voter's ideas, and the voter's comments that the team has hidden.")
                .Query("after", "Only what happened after this moment.", "2026-01-31T12:00:00Z")
                .Query("limit", $"How many at most, 1 to {MaxLimit}; 50 unless given.", "50")
                .Header(CallerHeaders.Voter, "With the scope vote:any: whose news.")
                .Answer(200, NewsJson.Default.NewsList)
                .Problem(400, "voter_required", InputRefusals.InvalidField).Problem(404, RefusalCode.CampaignNotFound));
    }

    private sealed class Handlers(CampaignCatalog catalog, NewsReader reader, NewsTexts texts, Pseudonyms pseudonyms, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            var name = context.Caller().RequireVoter();
            QueryStrings.Check(context.Request.Query, ["after", "limit"]);
            var after = After(context);
            var limit = QueryStrings.Number(context.Request.Query, "limit", 1, MaxLimit, 50);
            await positions.AwaitAfterAsync(context);
            await reader.AwaitAsync(positions.After(context), context.RequestAborted);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var voter = pseudonyms.Voter(campaign.Id, name);
            // Nobody is mentioned where voters have no names.
            var items = (await reader.ReadAsync(campaign.Id, voter, after, MaxLimit, context.RequestAborted)).Where(item => item.Kind != NewsKind.Discussion).Take(limit).ToArray();
            var words = await texts.ReadAsync(campaign.Id, voter, items, context.RequestAborted);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, new NewsList([.. items.Zip(words, Of)]), NewsJson.Default.NewsList);
        }

        private static Instant After(HttpContext context)
        {
            if (QueryStrings.Text(context.Request.Query, "after", 50) is not { } text)
                return new Instant(long.MinValue);
            return IsoTimeConverter.TryParse(text, out var time)
                ? Instant.From(time)
                : throw CommonProblems.Invalid("after", "\"after\" is a time like 2026-01-31T12:00:00Z.");
        }

        private static NewsBody Of(NewsItem item, NewsWords words) => new(KindOf(item.Kind), item.At.ToDateTimeOffset(), item.Idea?.ToString(), words.Title)
        {
            Status = item.Kind == NewsKind.Status ? IdeaStatusNames.Of(item.Status.New) : null,
            Was = item.Kind == NewsKind.Status ? IdeaStatusNames.Of(item.Status.Old) : null,
            Own = item.Kind == NewsKind.Status ? item.IsOwn : null,
            CreditsReturned = item.CreditsReturned > 0 ? item.CreditsReturned : null,
            Text = words.Text,
            Thread = item.Place?.Thread.ToString(),
            Comment = item.Place?.Comment.ToString(),
            ByTeam = item.Place is null ? null : item.IsTeam,
            Reason = item.Concern is { } concern ? ConcernNames.Of(concern) : null,
        };

        private static string KindOf(NewsKind kind) => kind switch
        {
            NewsKind.Status => "status",
            NewsKind.Results => "results",
            NewsKind.Reply => "reply",
            NewsKind.Comment => "comment",
            _ => "hidden",
        };
    }
}
