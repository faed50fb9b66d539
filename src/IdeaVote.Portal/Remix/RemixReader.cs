using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Http;

namespace IdeaVote.Portal.Remix;

/// <summary>Which idea another one builds on, and which build on it.</summary>
/// <param name="Original">The idea it takes further; null for none.</param>
/// <param name="Remixes">The newest ideas that take it further, newest first.</param>
/// <param name="CanBuild">Whether the campaign takes new ideas now.</param>
public sealed record RemixModel(IdeaLink? Original, IReadOnlyList<IdeaLink> Remixes, bool CanBuild);

/// <summary>An idea to go to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Its status, as the API names it.</param>
public sealed record IdeaLink(string Id, string Title, string Status);

/// <summary>Reads which ideas build on which.</summary>
/// <param name="engine">Knows them.</param>
/// <param name="documents">Has their texts.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class RemixReader(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms)
{
    /// <summary>The originals and remixes of an idea that the visitor may know of.</summary>
    public async ValueTask<RemixModel> ReadAsync(CampaignView campaign, IdeaId id, Idea idea, Visit visit, CancellationToken cancellation)
    {
        var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
        var (original, remixes) = await engine.QueryAsync(
            campaign.Id,
            (board, _) => (
                idea.BuildsOn is { } on && board.Find(on) is { } found && viewer.Sees(found) ? Entry.Of(found) : null,
                IdeaRemixes.Of(board, id, viewer).Select(Entry.Of).ToArray()),
            cancellation);
        var texts = await documents.ReadManyAsync(
            [.. remixes.Append(original).OfType<Entry>().Select(entry => entry.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return new RemixModel(original is null ? null : Link(original), [.. remixes.Select(Link)], campaign.State.AllowsAt(visit.Now, Allows.Submit));

        IdeaLink Link(Entry entry) => new(
            entry.Id.ToString(), texts.GetValueOrDefault(entry.Text.Id)?.Title ?? visit["idea.erased.title"], IdeaStatusNames.Of(entry.Status));
    }

    /// <summary>What is copied off the board.</summary>
    private sealed record Entry(IdeaId Id, TextRef Text, IdeaStatus Status)
    {
        public static Entry Of(IdeaTally idea) => new(idea.Id, idea.Text, idea.Status);
    }
}
