using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Duels;

/// <summary>Duels: two ideas, which is the better? Made for one thumb.</summary>
internal static class DuelPages
{
    private const int ExcerptChars = 160;

    /// <summary>How often a pair can be passed over before the same ones come again.</summary>
    private const int MaxSkips = 10_000;

    /// <summary>Maps them.</summary>
    public static void MapDuelPages(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider, ActivatorUtilities.CreateInstance<DuelChooser>(routes.ServiceProvider));
        routes.MapPage("/c/{c}/duels", handlers.ShowAsync, Scopes.Vote);
        routes.MapForm("/c/{c}/duels", handlers.DecideAsync, Scopes.Vote);
    }

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, DuelChooser chooser, VoteDesk desk, InvitationDesk invitations, TextDocuments documents)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var campaign = await OnAsync(context);
            var visit = visits.Of(context);
            var voter = await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted);
            var why = await desk.WhyNotAsync(campaign, visit.Caller, null, visit.Now, context.RequestAborted);
            var skips = int.TryParse(context.Request.Query["skip"], out var n) ? Math.Clamp(n, 0, MaxSkips) : 0;
            var pair = why is null ? await chooser.NextAsync(campaign, visit.Caller, voter.Ballot, skips, context.RequestAborted) : null;
            var texts = await documents.ReadManyAsync([.. (pair ?? []).Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var model = new DuelModel(
                campaign.Key, why,
                pair is null ? null : [.. pair.Select(idea => new DuelSide(
                    idea.Idea.ToString(), texts.GetValueOrDefault(idea.Text.Id)?.Title ?? visit["idea.erased.title"],
                    texts.GetValueOrDefault(idea.Text.Id) is { } text ? SafeMarkdown.Excerpt(text.Body, ExcerptChars) : ""))],
                voter.Ballot.Duels.Count, skips, LastOf(context, campaign));
            await pages.WriteAsync<DuelPage, DuelModel>(context, new Frame(visit["nav.duels"], CampaignCard.Frame(campaign, visit), "duels") { Modules = ["duels.js"] }, model);
        }

        public async Task DecideAsync(HttpContext context, Form form)
        {
            var campaign = await OnAsync(context);
            var visit = visits.Of(context);
            if (!Id.TryParse(form["one"], out var one) || !Id.TryParse(form["other"], out var other))
                throw CommonProblems.NoSuchIdea();
            var better = form["better"] switch
            {
                "one" => new IdeaId(one),
                "other" => new IdeaId(other),
                "" => default(IdeaId?),
                _ => throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", "Choose one of the two.", "better"),
            };
            await invitations.AcceptAsync(context, campaign);
            await desk.CastAsync(campaign, visit.Caller, new CastDuel(new IdeaId(one), new IdeaId(other), better), context.RequestAborted);
            context.SeeOther($"/c/{campaign.Key}/duels" + (better is null ? "" : $"?last={one}.{other}"), better is null ? new Notice("notice.duelUndone") : null);
        }

        private async ValueTask<CampaignView> OnAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            RankNames.RequireOn(RankBy.Duels, campaign.State.Rules);
            return campaign;
        }

        private static (string One, string Other)? LastOf(HttpContext context, CampaignView campaign) =>
            campaign.State.Rules.VotesCanChange && context.Request.Query["last"].ToString().Split('.') is [var one, var other]
            && Id.TryParse(one, out _) && Id.TryParse(other, out _)
                ? (one, other)
                : null;
    }
}

/// <summary>What the page of duels shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="WhyNot">Why the visitor can't decide now, as the key of a text; null if they can.</param>
/// <param name="Pair">The two ideas; null if there are none left.</param>
/// <param name="Decided">How many duels the visitor has decided.</param>
/// <param name="Skips">How many pairs they have passed over.</param>
/// <param name="Last">The pair decided last, to undo it; null for none.</param>
public sealed record DuelModel(string Campaign, string? WhyNot, IReadOnlyList<DuelSide>? Pair, int Decided, int Skips, (string One, string Other)? Last);

/// <summary>One of two ideas.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Excerpt">How its body begins.</param>
public sealed record DuelSide(string Id, string Title, string Excerpt);
