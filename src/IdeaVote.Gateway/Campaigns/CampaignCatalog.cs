using System.Collections.Concurrent;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Finds campaigns by their slugs. What was found before is answered at once and without allocating.</summary>
/// <param name="engine">Has the campaigns' states.</param>
/// <param name="documents">Has their texts.</param>
/// <param name="pseudonyms">Turns slugs into ids.</param>
public sealed class CampaignCatalog(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms)
{
    private const int AskedAtOnce = 256;

    // Only campaigns that exist get in here, so both are as small as the list of campaigns.
    private readonly ConcurrentDictionary<string, CampaignView> bySlug = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CampaignId, CampaignView> byId = new();

    /// <summary>The campaign of this slug.</summary>
    /// <exception cref="ApiException">404 <c>campaign_not_found</c>.</exception>
    public ValueTask<CampaignView> GetAsync(string slug, CancellationToken cancellation = default)
    {
        if (bySlug.TryGetValue(slug, out var view))
        {
            var state = StateAsync(view.Id, cancellation);
            if (state.IsCompletedSuccessfully && ReferenceEquals(view.State, state.Result))
                return ValueTask.FromResult(view);
        }
        return FindSlowlyAsync(slug, cancellation);
    }

    /// <summary>All campaigns, in the order of their creation.</summary>
    public async ValueTask<IReadOnlyList<CampaignView>> ListAsync(CancellationToken cancellation = default)
    {
        var views = new List<CampaignView>();
        // Asked of the campaigns themselves: to be listed is no reason to have its votes counted here.
        foreach (var some in (await engine.CampaignsAsync(cancellation)).Chunk(AskedAtOnce))
        {
            var replies = await Task.WhenAll(some.Select(id => engine.ReadAsync(StreamId.Of(id), cancellation).AsTask()));
            foreach (var (id, reply) in some.Zip(replies))
            {
                if (reply.Kind != ReplyKind.Accepted)
                    throw new JournalException($"Campaign {id} can't be read now.");
                if (reply.State is Campaign { Exists: true } state)
                    views.Add(await ViewAsync(id, state, cancellation));
            }
        }
        return views;
    }

    /// <summary>The campaign of this id; null if there is none.</summary>
    public async ValueTask<CampaignView?> FindAsync(CampaignId id, CancellationToken cancellation = default)
    {
        var state = await StateAsync(id, cancellation);
        return state.Exists ? await ViewAsync(id, state, cancellation) : null;
    }

    /// <summary>The view of a state that may be newer than the board's, such as a command's answer.</summary>
    public async ValueTask<CampaignView> ViewAsync(CampaignId id, Campaign state, CancellationToken cancellation = default)
    {
        if (byId.TryGetValue(id, out var known) && ReferenceEquals(known.State, state))
            return known;
        var text = known is not null && known.State.Text == state.Text
            ? known.Text
            : await documents.ReadAsync(state.Text, CampaignTextJson.Default.CampaignText, cancellation)
                ?? throw new InvalidDataException($"The text of campaign {id} is not in the text store.");
        var view = new CampaignView(id, text, state);
        byId[id] = view;
        bySlug[text.Key] = view;
        return view;
    }

    private async ValueTask<CampaignView> FindSlowlyAsync(string slug, CancellationToken cancellation) =>
        Slugs.IsValid(slug) && await FindAsync(pseudonyms.Campaign(slug), cancellation) is { } view ? view : throw new ApiException(
            StatusCodes.Status404NotFound, RefusalCode.CampaignNotFound, "There is no such campaign; GET /api/v1/campaigns lists them.");

    private ValueTask<Campaign> StateAsync(CampaignId id, CancellationToken cancellation) =>
        engine.QueryAsync(id, static (board, _) => board.Campaign, cancellation);
}
