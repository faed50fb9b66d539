using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>What the tests do with a feed.</summary>
public static class Feeds
{
    public static RecordedEvent Recorded(this FeedEntry entry) => EventReader.Read(entry.Body.Span);

    /// <summary>The feed as it stands.</summary>
    public static async Task<List<FeedEntry>> ReadFeedAsync(this IEngine engine, CampaignId campaign, Position after = default)
    {
        var entries = new List<FeedEntry>();
        await foreach (var entry in engine.FeedAsync(campaign, after, follow: false))
            entries.Add(entry);
        return entries;
    }

    /// <summary>The events of the feed as it stands.</summary>
    public static async Task<List<RecordedEvent>> ReadEventsAsync(this IEngine engine, CampaignId campaign) =>
        (await engine.ReadFeedAsync(campaign)).ConvertAll(Recorded);

    /// <summary>Waits until a condition holds, looking again whenever the feed has brought something.</summary>
    public static async Task UntilAsync(this IEngine engine, CampaignId campaign, Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(EngineSuite.Patience);
        if (condition())
            return;
        await foreach (var entry in engine.FeedAsync(campaign, Position.Start, follow: true, limit.Token))
        {
            (await engine.WaitAsync(entry.Position, EngineSuite.Patience)).ShouldBeTrue();
            if (condition())
                return;
        }
    }

    /// <summary>Checks that each entry's hash covers its bytes and the entry before it in its partition.</summary>
    public static void ShouldBeChained(this IReadOnlyList<FeedEntry> feed)
    {
        var chains = new Dictionary<int, byte[]>();
        foreach (var entry in feed)
        {
            if (!chains.TryGetValue(entry.Partition, out var previous))
                chains.Add(entry.Partition, previous = HashChain.Origin.ToArray());
            entry.Prev.ToArray().ShouldBe(previous);
            HashChain.Next(previous, entry.Body.Span, previous);
            entry.Hash.ToArray().ShouldBe(previous);
        }
    }

    /// <summary>Checks that each stream's versions count from 1 without a gap, in the feed's order.</summary>
    public static void ShouldBeOrdered(this IReadOnlyList<RecordedEvent> events)
    {
        var versions = new Dictionary<StreamId, long>();
        foreach (var recorded in events)
        {
            recorded.Version.ShouldBe(versions.GetValueOrDefault(recorded.Stream) + 1, recorded.Stream.ToString());
            versions[recorded.Stream] = recorded.Version;
        }
    }

    /// <summary>Everything a board holds, as text.</summary>
    public static string Describe(this Board board) => string.Join('\n', board.Ideas
        .Select(idea => idea.ToState())
        .Select(idea => $"{idea.Id} {idea.SubmittedAt} {idea.Status} {idea.Cost} {idea.Approvals} {idea.Raters} {idea.Investors} {idea.Invested} {idea.Comments} {string.Join(',', idea.Stars)}")
        .Append($"{board.Voters} voters, revision {board.Revision}, created {board.CreatedAt}, stage {board.Campaign.CurrentStage}, version {board.Campaign.Version}"));
}
