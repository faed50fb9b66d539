using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Votes;
using Microsoft.Extensions.Caching.Memory;

namespace IdeaVote.Portal.Home;

/// <summary>An idea that somebody is likely to care for.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="CampaignTitle">The campaign's title.</param>
/// <param name="Id">The idea's id.</param>
/// <param name="Title">The idea's title.</param>
/// <param name="Until">When the campaign's stage ends by itself; null for never.</param>
public sealed record Suggestion(string Campaign, string CampaignTitle, string Id, string Title, Instant? Until);

/// <summary>What a person could vote on, of all campaigns.</summary>
/// <param name="Soon">In campaigns that end within days, the nearest end first.</param>
/// <param name="ForYou">In the others, taken from each in turn.</param>
/// <param name="CanVote">Whether they can vote anywhere at all.</param>
public sealed record SuggestionModel(IReadOnlyList<Suggestion> Soon, IReadOnlyList<Suggestion> ForYou, bool CanVote);

/// <summary>Finds ideas that the visitor has not voted on, in campaigns in which they can.</summary>
/// <param name="forYou">Knows what is like what they support.</param>
/// <param name="desk">Has the ballots.</param>
/// <param name="documents">Has the texts.</param>
internal sealed class Suggestions(ForYouReader forYou, VoteDesk desk, TextDocuments documents) : IDisposable
{
    private const int MaxCampaigns = 8;
    private const int PerCampaign = 6;
    private const int SoonPerCampaign = 3;
    private const int MaxShown = 6;
    private const int MaxKept = 20_000;

    private static readonly TimeSpan EndsSoon = TimeSpan.FromDays(3);

    // All of a campaign's ideas are looked through for it. A vote makes it be found anew at once.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);

    private static readonly ListFilter Filter = new(ListFilter.ForYou, [ListFilter.ForYou], null, null, null, default);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>Reads them.</summary>
    /// <param name="open">The open campaigns, those that end first at the beginning.</param>
    /// <param name="visit">The visit of somebody who has signed in.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<SuggestionModel> ReadAsync(IEnumerable<CampaignView> open, Visit visit, CancellationToken cancellation)
    {
        var (soon, others, looked) = (new List<Suggestion>(), new List<IReadOnlyList<Suggestion>>(), 0);
        foreach (var campaign in open.Where(one => one.State.AllowsAt(visit.Now, Allows.Vote)))
        {
            if (looked == MaxCampaigns)
                break;
            if (await desk.WhyNotAsync(campaign, visit.Caller, null, visit.Now, cancellation) is not null)
                continue;
            looked++;
            var found = await OfAsync(campaign, visit, cancellation);
            if (campaign.State.NextStartAfter(visit.Now) is { } end && end.UnixMilliseconds - visit.Now.UnixMilliseconds < EndsSoon.TotalMilliseconds)
                soon.AddRange(found.Take(SoonPerCampaign));
            else
                others.Add(found);
        }
        var inTurn = Enumerable.Range(0, PerCampaign).SelectMany(place => others.Where(found => found.Count > place).Select(found => found[place]));
        return new SuggestionModel([.. soon.Take(MaxShown)], [.. inTurn.Take(MaxShown)], looked > 0);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async ValueTask<IReadOnlyList<Suggestion>> OfAsync(CampaignView campaign, Visit visit, CancellationToken cancellation)
    {
        var voter = await desk.ReadAsync(campaign, visit.Caller, cancellation);
        var key = (campaign.Id, visit.Account!.Id, voter.Version);
        if (!cache.TryGetValue(key, out IReadOnlyList<IdeaCard>? cards))
        {
            (cards, _) = await forYou.ReadAsync(campaign, Filter, visit, null, PerCampaign, cancellation);
            cache.Set(key, cards, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        }
        var texts = await documents.ReadManyAsync([.. cards!.Select(card => card.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var until = campaign.State.NextStartAfter(visit.Now);
        return [.. cards!.Where(card => texts.ContainsKey(card.Text.Id)).Select(card =>
            new Suggestion(campaign.Key, campaign.Text.Title, card.Id.ToString(), texts[card.Text.Id].Title, until))];
    }
}
