using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Invitations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Votes;

/// <summary>The forms by which people vote on an idea. Each says the whole vote, so that sending it twice changes nothing.</summary>
internal static class VoteForms
{
    /// <summary>Maps them.</summary>
    public static void MapVoteForms(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapForm("/c/{c}/ideas/{i}/approve", (context, form) => handlers.CastAsync(context, form, Approve), Scopes.Vote);
        routes.MapForm("/c/{c}/ideas/{i}/rate", (context, form) => handlers.CastAsync(context, form, Rate), Scopes.Vote);
        routes.MapForm("/c/{c}/ideas/{i}/invest", (context, form) => handlers.CastAsync(context, form, Invest), Scopes.Vote);
        routes.MapForm("/c/{c}/ideas/{i}/place", (context, form) => handlers.CastAsync(context, form, Place), Scopes.Vote);
    }

    private delegate (VoteCommand Vote, UndoPart Undo) ReadForm(Form form, CampaignView campaign, IdeaId idea, Ballot before);

    private static (VoteCommand Vote, UndoPart Undo) Approve(Form form, CampaignView campaign, IdeaId idea, Ballot before) => (
        new CastApproval(idea, form["approve"] == "yes"),
        new UndoPart("approve", [new("approve", before.Approvals.ContainsKey(idea) ? "yes" : "no")]));

    private static (VoteCommand Vote, UndoPart Undo) Rate(Form form, CampaignView campaign, IdeaId idea, Ballot before)
    {
        var criteria = Math.Min(campaign.Text.Criteria.Count, Scores.MaxCriteria);
        var scores = Scores.None;
        for (var i = 0; i < criteria; i++)
        {
            var stars = form[Field(i)];
            if (stars.Length > 0 && stars is not [>= '0' and <= '5'])
                throw new ApiException(StatusCodes.Status400BadRequest, RefusalCode.InvalidScores, "A rating has 1 to 5 stars on each criterion.");
            scores = scores.With(i, stars.Length == 0 ? 0 : stars[0] - '0');
        }
        var was = before.Ratings.TryGetValue(idea, out var rating) ? rating.Scores : Scores.None;
        return (new CastRating(idea, scores), new UndoPart("rate", [.. Enumerable.Range(0, criteria).Select(i => KeyValuePair.Create(Field(i), Text(was[i])))]));
    }

    private static (VoteCommand Vote, UndoPart Undo) Invest(Form form, CampaignView campaign, IdeaId idea, Ballot before)
    {
        var isQuadratic = campaign.State.Rules.Invest is { IsQuadratic: true };
        var amount = form.Number("amount") is { } number && number >= 0 && (!isQuadratic || number <= 30_000)
            ? number
            : throw new ApiException(StatusCodes.Status400BadRequest, RefusalCode.InvalidCredits, "Give a whole number, 0 or more.", "amount");
        var was = before.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;
        return (
            new CastInvestment(idea, isQuadratic ? amount * amount : amount),
            new UndoPart("invest", [new("amount", Text(isQuadratic ? (int)Math.Sqrt(was) : was))]));
    }

    /// <summary>Puts the idea at a place of the order; 0 takes it out. The others keep their order.</summary>
    private static (VoteCommand Vote, UndoPart Undo) Place(Form form, CampaignView campaign, IdeaId idea, Ballot before)
    {
        var order = before.Order.Ideas;
        var place = form.Number("place") is { } number and >= 0 and <= 100
            ? number
            : throw new ApiException(StatusCodes.Status400BadRequest, RefusalCode.InvalidOrder, "Choose a place.", "place");
        var without = order.Remove(idea);
        var with = place == 0 ? without : without.Insert(Math.Min(place - 1, without.Length), idea);
        return (new SetOrder([.. with]), new UndoPart("place", [new("place", Text(order.IndexOf(idea) + 1))]));
    }

    private static string Field(int criterion) => string.Create(CultureInfo.InvariantCulture, $"stars-{criterion}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, VoteDesk desk, IdeaReader reader, IdeaCards cards, InvitationDesk invitations)
    {
        public async Task CastAsync(HttpContext context, Form form, ReadForm read)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            var visit = visits.Of(context);
            await invitations.AcceptAsync(context, campaign);
            var before = await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted);
            var (vote, undo) = read(form, campaign, id, before.Ballot);
            var after = await desk.CastAsync(campaign, visit.Caller, vote, context.RequestAborted);
            var canUndo = after.Version != before.Version && campaign.State.Rules.VotesCanChange && form["undo"] != "1";
            if (Pages.WantsFragment(context) && form.Has("card"))
            {
                await pages.WriteFragmentAsync<IdeaCardView, IdeaCardModel>(context, await cards.OneAsync(campaign, id, after, visit, context.RequestAborted));
                return;
            }
            if (Pages.WantsFragment(context))
            {
                var panel = await reader.PanelAsync(campaign, id, idea, after, visit, context.RequestAborted);
                await pages.WriteFragmentAsync<VoteArea, VoteAreaModel>(context, panel with
                {
                    Panel = panel.Panel with { Saved = "vote.saved", Undo = canUndo ? undo : null },
                });
                return;
            }
            UndoCookie.Leave(context, id, canUndo ? undo : null);
            context.SeeOther(LocalUrl.Or(form["to"], $"/c/{campaign.Key}/ideas/{id}#vote"), new Notice("notice.voted"));
        }
    }
}
