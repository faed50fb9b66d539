using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Teams;

/// <summary>Where a team runs its campaign: stages, ideas that wait to be looked at, statuses and answers, and who is on the team.</summary>
internal static class TeamPages
{
    private const int MaxWaiting = 50;
    private const int ExcerptChars = 400;

    /// <summary>Maps them.</summary>
    public static void MapTeam(this IEndpointRouteBuilder routes)
    {
        var writer = ActivatorUtilities.CreateInstance<IdeaWriter>(routes.ServiceProvider);
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider, ActivatorUtilities.CreateInstance<IdeaEditing>(routes.ServiceProvider, writer), ActivatorUtilities.CreateInstance<ReportQueue>(routes.ServiceProvider));
        routes.MapPage("/c/{c}/team", handlers.ShowAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/stage", handlers.EnterAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/team/members", handlers.AddMemberAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/ideas/{i}/status", handlers.SetStatusAsync, Scopes.Manage);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, IEngine engine, CampaignEditor editor, IdeaEditing editing, TextDocuments documents, IAccountStore store,
        AccountBook accounts, ReportQueue reports)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            var (waiting, count) = await engine.QueryAsync(campaign.Id, (board, _) =>
            {
                var all = board.Ideas.Where(static idea => idea.Status == IdeaStatus.Submitted).ToArray();
                return (all.Take(MaxWaiting).Select(static idea => (idea.Id, idea.Text, idea.SubmittedAt)).ToArray(), all.Length);
            }, context.RequestAborted);
            var texts = await documents.ReadManyAsync([.. waiting.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, context.RequestAborted);
            var current = campaign.State.StageAt(visit.Now);
            var model = new TeamModel(
                campaign.Key,
                [.. campaign.State.Stages.Select((stage, i) => new StageStep(campaign.Text.Stages[i], stage.Allows, stage.Starts, i == current))],
                [.. waiting.Select(idea => new WaitingIdea(
                    idea.Id.ToString(), texts.GetValueOrDefault(idea.Text.Id)?.Title ?? visit["idea.erased.title"],
                    texts.GetValueOrDefault(idea.Text.Id) is { } text ? SafeMarkdown.Excerpt(text.Body, ExcerptChars) : "", idea.SubmittedAt))],
                count, await reports.ReadAsync(campaign, visit, context.RequestAborted),
                campaign.State.VotingOverSince(visit.Now) is not null, campaign.State.Results is not null);
            await pages.WriteAsync<TeamPage, TeamModel>(context, new Frame(visit["nav.team"], CampaignCard.Frame(campaign, visit), "team"), model);
        }

        public async Task EnterAsync(HttpContext context, Form form)
        {
            var campaign = await finder.CampaignAsync(context);
            VoteDesk.Require((await editor.EnterAsync(campaign.Key, form["stage"], visits.Of(context).Caller, context.RequestAborted)).Reply);
            context.SeeOther($"/c/{campaign.Key}/team", new Notice("notice.stageEntered", Value: form["stage"]));
        }

        public async Task AddMemberAsync(HttpContext context, Form form)
        {
            var campaign = await finder.CampaignAsync(context);
            var email = form["email"].Trim().ToLowerInvariant();
            var found = email.Length <= Account.MaxEmailChars ? await store.FindByEmailAsync(email, context.RequestAborted) : null;
            var changed = found is null
                ? null
                : await accounts.ChangeAsync(
                    found.Id,
                    one => one.Teams.Contains(campaign.Key, StringComparer.Ordinal) || one.Teams.Length >= Account.MaxTeams ? null : one with { Teams = one.Teams.Add(campaign.Key) },
                    CancellationToken.None);
            context.SeeOther($"/c/{campaign.Key}/team", changed is null ? new Notice("notice.noSuchAccount", IsProblem: true) : new Notice("notice.memberAdded", Value: changed.Name));
        }

        public async Task SetStatusAsync(HttpContext context, Form form)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            var reply = await editing.SetStatusAsync(
                visits.Of(context).Caller, campaign, id, idea, new StatusBody(form["status"], form.Maybe("answer")), context.RequestAborted);
            VoteDesk.Require(reply);
            context.SeeOther(LocalUrl.Or(form["to"], $"/c/{campaign.Key}/ideas/{id}"), new Notice("notice.statusSet"));
        }
    }
}

/// <summary>What the team's page shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Waiting">Ideas that wait for the team, the oldest first.</param>
/// <param name="WaitingCount">How many there are in all.</param>
/// <param name="Reports">Comments that were reported.</param>
/// <param name="IsOver">Whether voting is over.</param>
/// <param name="IsAnnounced">Whether a result is announced.</param>
public sealed record TeamModel(
    string Campaign, IReadOnlyList<StageStep> Stages, IReadOnlyList<WaitingIdea> Waiting, int WaitingCount, ReportsModel Reports, bool IsOver, bool IsAnnounced);

/// <summary>A stage on the team's page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Allows">What may be done in it.</param>
/// <param name="Starts">When it begins by itself; null for never.</param>
/// <param name="IsCurrent">Whether it is in force.</param>
public sealed record StageStep(string Name, Allows Allows, Instant? Starts, bool IsCurrent);

/// <summary>An idea that waits for the team.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Excerpt">How its body begins.</param>
/// <param name="At">When it was submitted.</param>
public sealed record WaitingIdea(string Id, string Title, string Excerpt, Instant At);
