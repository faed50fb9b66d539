using System.Collections.Immutable;
using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Audit;

/// <summary>Reads the votes of a published ballot, as the changes that would have cast them.</summary>
internal static class PublishedVotes
{
    /// <summary>The votes of a line.</summary>
    public static IEnumerable<BallotEvent> Of(JsonElement ballot)
    {
        foreach (var vote in Items(ballot, "approve"))
            yield return new ApprovalChanged(Idea(vote, "idea"), false, true, null, default, 0);
        foreach (var vote in Items(ballot, "rate"))
        {
            int[] stars = [.. vote.GetProperty("scores").EnumerateArray().Select(static score => score.GetInt32())];
            yield return new RatingChanged(Idea(vote, "idea"), Scores.None, Scores.Of(stars), null, default, 0);
        }
        foreach (var vote in Items(ballot, "invest"))
            yield return new InvestmentChanged(Idea(vote, "idea"), 0, vote.GetProperty("credits").GetInt32(), null, default, 0);
        if (ballot.TryGetProperty("order", out var order))
            yield return new OrderChanged([], [.. order.GetProperty("ideas").EnumerateArray().Select(static idea => new IdeaId(Id.Parse(idea.GetString())))], null, default, 0);
        foreach (var vote in Items(ballot, "duels"))
            yield return new DuelChanged(Idea(vote, "one"), Idea(vote, "other"), Winner.None, (Winner)vote.GetProperty("winner").GetByte(), null, default, 0);
    }

    /// <summary>The ideas that a vote speaks of.</summary>
    public static ImmutableArray<IdeaId> IdeasOf(BallotEvent vote) => vote switch
    {
        DuelChanged duel => [duel.Idea, duel.Other],
        VoteEvent each => [each.Idea],
        OrderChanged order => order.New,
        _ => [],
    };

    private static IEnumerable<JsonElement> Items(JsonElement ballot, string name) =>
        ballot.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static IdeaId Idea(JsonElement vote, string name) => new(Id.Parse(vote.GetProperty(name).GetString()));
}
