using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Languages;
using IdeaVote.Portal.Layout;

namespace IdeaVote.Portal.Discover;

/// <summary>The page of a campaign and the cards on it as templates: they are rendered when something on them has changed, not when somebody looks.</summary>
/// <param name="pages">Renders them.</param>
/// <param name="templates">Keeps them.</param>
internal sealed class CampaignTemplates(Pages pages, Templates templates)
{
    /// <summary>How exactly the time that is left is told.</summary>
    private const long StepMilliseconds = 15_000;

    /// <summary>The page around the ideas.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="campaign">The campaign and its version.</param>
    /// <param name="isLive">Whether the page's counts change while it is open.</param>
    /// <param name="frame">What stands around the page; asked for only if it is rendered.</param>
    /// <param name="model">What it shows; its list is replaced by gaps.</param>
    public ValueTask<Template> PageAsync(Visit visit, (CampaignId Id, long Version) campaign, bool isLive, Func<Frame> frame, CampaignModel model)
    {
        var shared = Shared(model.Ideas);
        var key = new PageKey(
            campaign.Id, campaign.Version, visit.Now.UnixMilliseconds / StepMilliseconds, visit.Language, visit.Theme, visit.Root, visit.Here, visit.Caller.Scopes,
            visit.IsSignedIn, visit.Unseen ?? 0, model.Stage, model.Until, model.Ask.ApprovalsLeft, model.Ask.CreditsLeft, model.Ask.IsHidden, model.Tags, isLive, shared,
            model.Share with { Url = Template.Mark(Gap.Share) });
        return templates.GetAsync(key, async of => (await pages.RenderAsync<CampaignPage, CampaignModel>(
            visit.Shared(of.Here), frame() with { Live = of.IsLive ? Template.Mark(Gap.Live) : null }, model with { Ideas = of.List, Share = of.Share })).ToString());
    }

    /// <summary>The list of ideas alone.</summary>
    public ValueTask<Template> ListAsync(Visit visit, IdeaListModel list) => templates.GetAsync(
        new ListKey(visit.Language, visit.Root, Shared(list)),
        async of => (await pages.RenderPartAsync<IdeaListView, IdeaListModel>(visit.Shared(""), of.List)).ToString());

    /// <summary>An idea in the list.</summary>
    public ValueTask<Template> CardAsync(Visit visit, IdeaCardModel card) => templates.GetAsync(
        new CardKey(visit.Language, visit.Root, card, Ago.StepOf(visit.Now, card.SubmittedAt)),
        async of => $"<li>{await pages.RenderPartAsync<IdeaCardView, IdeaCardModel>(visit.Shared(Template.Mark(Gap.Here)), of.Card)}</li>");

    private static IdeaListModel Shared(IdeaListModel list) =>
        list with { Items = list.IsEmpty ? "" : Template.Mark(Gap.Items), Next = list.Next is null ? null : Template.Mark(Gap.Next) };

    private sealed record PageKey(
        CampaignId Campaign, long Version, long Step, Language Language, string? Theme, string Root, string Here, Scopes Scopes,
        bool IsSignedIn, int Unseen, string Stage, Instant? Until, int? ApprovalsLeft, int? CreditsLeft, bool IsHidden, IReadOnlyList<string> Tags, bool IsLive, IdeaListModel List,
        ShareModel Share);

    private sealed record ListKey(Language Language, string Root, IdeaListModel List);

    private sealed record CardKey(Language Language, string Root, IdeaCardModel Card, (Ago.Unit Unit, int Count) Ago);
}
