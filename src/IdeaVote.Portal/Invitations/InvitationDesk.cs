using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IdeaVote.Portal.Invitations;

/// <summary>What the control to share a page shows.</summary>
/// <param name="Url">The link, whole.</param>
/// <param name="IsPersonal">Whether it says who shared it, in a way that only this server reads.</param>
/// <param name="IsInvited">Whether the visitor came by an invitation that has not been taken up yet.</param>
public sealed record ShareModel(string Url, bool IsPersonal, bool IsInvited);

/// <summary>
/// Links that remember who shared them. Who follows one and then signs up, or votes for the first time in its campaign, within
/// <see cref="InviteCookie.Days"/> days was brought by whoever shared it.
/// </summary>
/// <param name="codes">Reads and writes the codes in links.</param>
/// <param name="accounts">Knows whose they are.</param>
/// <param name="engine">Remembers who brought whom.</param>
/// <param name="index">Counts them.</param>
/// <param name="desk">Has the ballots.</param>
/// <param name="visits">Knows who looks.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class InvitationDesk(
    InviteCodes codes, AccountBook accounts, IEngine engine, IInvitationIndex index, VoteDesk desk, Visits visits, Pseudonyms pseudonyms)
{
    /// <summary>What a link is recognised by.</summary>
    public const string Parameter = "by";

    /// <summary>The link to share a campaign or an idea by.</summary>
    /// <param name="context">The request.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="idea">The idea; null for the campaign.</param>
    public ShareModel ShareOf(HttpContext context, CampaignView campaign, IdeaId? idea)
    {
        var (visit, request) = (visits.Of(context), context.Request);
        var path = $"{request.Scheme}://{request.Host}{request.PathBase}/c/{campaign.Key}" + (idea is { } id ? $"/ideas/{id}" : "");
        var isInvited = InviteCookie.Read(context, visit.Now).Any(one => one.Campaign == campaign.Id);
        return visit.Account is { } account
            ? new ShareModel($"{path}?{Parameter}={codes.Make(account.Id, campaign.Id, idea)}", true, isInvited)
            : new ShareModel(path, false, isInvited);
    }

    /// <summary>Where a request came by a shared link, remembers it and leads on to the page without the code, so that nobody passes it on unawares.</summary>
    /// <returns>Whether it has answered.</returns>
    public async ValueTask<bool> TakeAsync(HttpContext context, CampaignView campaign, IdeaId? idea)
    {
        if (!context.Request.Query.TryGetValue(Parameter, out var given))
            return false;
        var visit = visits.Of(context);
        var isNews = codes.Read(given, campaign.Id, idea) is { } inviter && inviter != visit.Account?.Id
            && await accounts.FindAsync(inviter, context.RequestAborted) is { IsClosed: false }
            && await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted) is { HasVoted: false, Invitation: null };
        if (isNews)
            InviteCookie.Add(context, campaign.Id, idea, given!, visit.Now);
        var rest = context.Request.Query.Where(pair => pair.Key != Parameter).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        context.Response.Redirect(QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path.ToUriComponent(), rest));
        return true;
    }

    /// <summary>Takes up the invitation to a campaign, before whoever has signed in votes there. If it can't be taken up now, a later vote does.</summary>
    public async ValueTask AcceptAsync(HttpContext context, CampaignView campaign)
    {
        var visit = visits.Of(context);
        if (visit.Account is not { } account || InviteCookie.Read(context, visit.Now).FirstOrDefault(one => one.Campaign == campaign.Id) is not { } pending)
            return;
        if (await AcceptAsync(pending, account, context.RequestAborted))
            InviteCookie.Remove(context, campaign.Id, visit.Now);
    }

    /// <summary>Takes up all invitations, for somebody who has just signed up.</summary>
    public async ValueTask AcceptAllAsync(HttpContext context, Account account)
    {
        var now = visits.Of(context).Now;
        var pending = InviteCookie.Read(context, now);
        var isDone = pending.Count > 0;
        foreach (var one in pending)
            isDone &= await AcceptAsync(one, account, context.RequestAborted);
        if (isDone)
            InviteCookie.Remove(context, null, now);
    }

    /// <summary>How many people the visitor has brought into a campaign.</summary>
    public async ValueTask<Brought> BroughtAsync(CampaignId campaign, Caller caller, CancellationToken cancellation) =>
        caller.Voter is { } name ? await index.BroughtByAsync(campaign, pseudonyms.Voter(campaign, name), cancellation) : default;

    private async ValueTask<bool> AcceptAsync(PendingInvitation pending, Account account, CancellationToken cancellation)
    {
        if (codes.Read(pending.Code, pending.Campaign, pending.Idea) is not { } id || id == account.Id
            || await accounts.FindAsync(id, cancellation) is not { IsClosed: false })
            return true;
        var (voter, inviter) = (pseudonyms.Voter(pending.Campaign, Sessions.VoterOf(account.Id)), pseudonyms.Voter(pending.Campaign, Sessions.VoterOf(id)));
        var reply = await engine.SendAsync(StreamId.Of(pending.Campaign, voter), new AcceptInvitation(voter, inviter, pending.Idea), CancellationToken.None);
        return reply.Kind is ReplyKind.Accepted or ReplyKind.Refused;
    }
}
