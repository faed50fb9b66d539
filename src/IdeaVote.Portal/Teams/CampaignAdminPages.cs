using IdeaVote.Domain.Campaigns;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Teams;

/// <summary>Opening a campaign and changing how it runs.</summary>
internal static class CampaignAdminPages
{
    /// <summary>Maps them.</summary>
    public static void MapCampaignAdmin(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/campaigns/new", handlers.ShowNewAsync, Scopes.Manage);
        routes.MapForm("/campaigns/new", handlers.CreateAsync, Scopes.Manage);
        routes.MapForm("/campaigns/new/preview", handlers.PreviewNewAsync, Scopes.Manage);
        routes.MapPage("/c/{c}/settings", handlers.ShowSettingsAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/settings/preview", handlers.PreviewAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/settings", handlers.ChangeAsync, Scopes.Manage);
    }

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, CampaignEditor editor, AccountBook accounts)
    {
        public Task ShowNewAsync(HttpContext context) => FormAsync(context, null, CampaignForm.New, null);

        public async Task CreateAsync(HttpContext context, Form form)
        {
            var visit = visits.Of(context);
            var typed = CampaignForm.Of(form);
            try
            {
                var key = typed["key"].Trim() is { Length: > 0 } given ? given : CampaignForm.KeyOf(typed["title"]);
                var request = typed.Fill(new CampaignRequest { Key = key });
                request.Preset = Enum.TryParse<Preset>(typed["preset"], ignoreCase: true, out var preset) && Enum.IsDefined(preset) ? preset : Preset.Continuous;
                var outcome = await editor.CreateAsync(request, visit.Caller, context.RequestAborted);
                VoteDesk.Require(outcome.Reply);
                // Whoever opens a campaign is on its team.
                await accounts.ChangeAsync(
                    visit.Account!.Id,
                    one => one.Teams.Contains(key, StringComparer.Ordinal) || one.Teams.Length >= Account.MaxTeams ? null : one with { Teams = one.Teams.Add(key) }, CancellationToken.None);
                context.SeeOther($"/c/{key}/team", new Notice("notice.campaignOpened"));
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500)
            {
                await FormAsync(context, null, typed, e, StatusCodes.Status422UnprocessableEntity);
            }
        }

        public async Task ShowSettingsAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            await FormAsync(context, campaign, CampaignForm.Of(campaign), null);
        }

        public async Task ChangeAsync(HttpContext context, Form form)
        {
            var campaign = await finder.CampaignAsync(context);
            var typed = CampaignForm.Of(form);
            try
            {
                var outcome = await editor.ChangeAsync(campaign.Key, typed.Fill(new CampaignPatch()), visits.Of(context).Caller, context.RequestAborted);
                VoteDesk.Require(outcome.Reply);
                context.SeeOther($"/c/{campaign.Key}/team", new Notice("notice.edited"));
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500)
            {
                await FormAsync(context, campaign, typed, e, StatusCodes.Status422UnprocessableEntity);
            }
        }

        public Task PreviewNewAsync(HttpContext context, Form form) => PreviewAsync(context, null, CampaignForm.Of(form));

        public async Task PreviewAsync(HttpContext context, Form form) => await PreviewAsync(context, await finder.CampaignAsync(context), CampaignForm.Of(form));

        /// <summary>The preview alone for a script; without one the form as it was typed, with its preview.</summary>
        private Task PreviewAsync(HttpContext context, CampaignView? campaign, CampaignForm typed) => Pages.WantsFragment(context)
            ? pages.WriteFragmentAsync<CampaignPreview, CampaignPreviewModel>(context, CampaignPreviewModel.Of(typed, visits.Of(context)))
            : FormAsync(context, campaign, typed, null);

        private Task FormAsync(HttpContext context, CampaignView? campaign, CampaignForm form, ApiException? wrong, int status = StatusCodes.Status200OK)
        {
            var visit = visits.Of(context);
            var problem = wrong is null ? null : PageProblems.Explain(visit, new Problem(wrong.Status, wrong.Code, wrong.Message, wrong.Field));
            var frame = new Frame(visit[campaign is null ? "campaign.new" : "campaign.settings"], campaign is null ? null : CampaignCard.Frame(campaign, visit), "team")
            {
                IsWide = true,
                Modules = ["campaign.js"],
            };
            return pages.WriteAsync<CampaignFormPage, CampaignFormModel>(context, frame, new CampaignFormModel(campaign?.Key, form, wrong?.Field, problem), status);
        }
    }
}

/// <summary>What the form for a campaign shows.</summary>
/// <param name="Campaign">The campaign's key; null for a new one.</param>
/// <param name="Form">What is in it.</param>
/// <param name="Field">The field that is wrong, as the API calls it; null for none.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
public sealed record CampaignFormModel(string? Campaign, CampaignForm Form, string? Field, string? Problem);
