using System.Collections.Concurrent;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Discover;

/// <summary>The tags of a campaign's ideas by name. Events hold hashes only, so a name is found in the text of an idea that has the tag.</summary>
/// <param name="engine">Has the ideas.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="pseudonyms">Hashes names.</param>
/// <param name="time">The clock.</param>
internal sealed class TagBook(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The most tags offered.</summary>
    public const int MaxTags = 24;

    private const int MaxCampaigns = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<CampaignId, (long At, IReadOnlyList<string> Tags)> known = new();

    /// <summary>The tags used most, at most ten seconds old.</summary>
    public async ValueTask<IReadOnlyList<string>> OfAsync(CampaignView campaign, CancellationToken cancellation)
    {
        if (known.TryGetValue(campaign.Id, out var kept) && time.GetElapsedTime(kept.At) < Kept)
            return kept.Tags;
        var counts = await engine.QueryAsync(campaign.Id, static (board, _) =>
        {
            var counts = new Dictionary<TermId, (int Count, TextRef Text)>();
            foreach (var idea in board.Ideas)
            {
                if (!idea.Status.IsPublic())
                    continue;
                foreach (var tag in idea.Tags)
                    counts[tag] = (counts.GetValueOrDefault(tag).Count + 1, idea.Text);
            }
            return counts;
        }, cancellation);
        var most = counts.OrderByDescending(tag => tag.Value.Count).ThenBy(tag => tag.Key.Value).Take(MaxTags).ToArray();
        var texts = await documents.ReadManyAsync([.. most.Select(tag => tag.Value.Text).DistinctBy(text => text.Id)], IdeaTextJson.Default.IdeaText, cancellation);
        var tags = most
            .Select(tag => texts.GetValueOrDefault(tag.Value.Text.Id)?.Tags.FirstOrDefault(name => pseudonyms.Tag(campaign.Id, name) == tag.Key))
            .OfType<string>().ToArray();
        if (known.Count > MaxCampaigns)
            known.Clear();
        known[campaign.Id] = (time.GetTimestamp(), tags);
        return tags;
    }
}
