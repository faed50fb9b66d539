using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>
/// Goes through a feed and checks that each refund names a closing of its idea, gives all of an investment back, and none that
/// was made after the idea had been opened again.
/// </summary>
internal static class RefundAudit
{
    public static void Check(IReadOnlyList<FeedEntry> feed)
    {
        var events = feed.Select(Feeds.Recorded).ToList();
        // Where, in the feed, each closing was undone; and where each voter's present investment in each idea was made.
        var reopened = new Dictionary<(Id Idea, long Cause), int>();
        var closings = new Dictionary<Id, long>();
        var made = new Dictionary<(Id Voter, IdeaId Idea), int>();
        for (var at = 0; at < events.Count; at++)
        {
            var (key, version) = (events[at].Stream.Key, events[at].Version);
            switch (events[at].Event)
            {
                case IdeaStatusChanged status when status.New.ReturnsInvestments() && !status.Old.ReturnsInvestments():
                    closings[key] = version;
                    break;
                case IdeaStatusChanged status when status.Old.ReturnsInvestments() && !status.New.ReturnsInvestments():
                    reopened[(key, closings[key])] = at;
                    break;
                case InvestmentChanged { Cause: { } cause } refund:
                    refund.New.ShouldBe(0);
                    (reopened.ContainsKey((refund.Idea.Value, cause)) || closings.GetValueOrDefault(refund.Idea.Value) == cause).ShouldBeTrue(
                        $"The refund at {at} names {cause}, which is no closing of its idea.");
                    // Only within one partition does the feed say what came first.
                    if (feed[at].Partition == 0 && reopened.TryGetValue((refund.Idea.Value, cause), out var again))
                        made[(key, refund.Idea)].ShouldBeLessThan(again, $"The refund at {at} took an investment made after the idea was opened again at {again}.");
                    break;
                case InvestmentChanged { Is: true } investment:
                    made[(key, investment.Idea)] = at;
                    break;
            }
        }
    }
}
