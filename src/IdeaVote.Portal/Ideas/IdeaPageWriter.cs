using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Discussion;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Live;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Remix;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Ideas;

/// <summary>Writes the page of an idea, for those who look and for forms that come back with something wrong in them.</summary>
/// <param name="pages">Renders it.</param>
/// <param name="visits">Knows who looks.</param>
/// <param name="engine">Knows how far the counts are.</param>
/// <param name="reader">Reads the idea.</param>
/// <param name="remixes">Reads which ideas build on it.</param>
/// <param name="invitations">Makes the link to share it by.</param>
/// <param name="discussion">Reads its discussion.</param>
internal sealed class IdeaPageWriter(Pages pages, Visits visits, IEngine engine, IdeaReader reader, RemixReader remixes, InvitationDesk invitations, DiscussionLoader discussion)
{
    private const int DescriptionChars = 200;

    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="id">The idea.</param>
    /// <param name="idea">Its state.</param>
    /// <param name="view">Which part of the discussion to show.</param>
    /// <param name="draft">What was written and not taken; null for nothing.</param>
    /// <param name="status">The HTTP status.</param>
    public async Task WriteAsync(
        HttpContext context, CampaignView campaign, IdeaId id, Idea idea, DiscussionView view, Draft? draft = null, int status = StatusCodes.Status200OK)
    {
        var visit = visits.Of(context);
        var live = await LivePages.UrlAsync(engine, campaign, visit, context.RequestAborted);
        var model = await reader.ReadAsync(campaign, id, idea, visit, context.RequestAborted);
        model = model with { Share = invitations.ShareOf(context, campaign, id), Remix = await remixes.ReadAsync(campaign, id, idea, visit, context.RequestAborted) };
        if (UndoCookie.Take(context, id) is { } undo)
            model = model with { Votes = model.Votes with { Panel = model.Votes.Panel with { Undo = undo } } };
        var talk = await discussion.ReadAsync(campaign, id, idea, view, visit, context.RequestAborted);
        var frame = new Frame(model.Title, CampaignCard.Frame(campaign, visit), "ideas")
        {
            Description = SafeMarkdown.Excerpt(model.Body, DescriptionChars),
            Live = live,
            Modules = ["share.js"],
        };
        await pages.WriteAsync<IdeaPage, IdeaModel>(context, frame, model with { Discussion = talk with { Draft = draft } }, status);
    }
}
