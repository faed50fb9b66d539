namespace IdeaVote.Server.Tests.Votes;

/// <summary>Whether what a server says is what its voters were told, and whether it says the same everywhere.</summary>
internal static class Truth
{
    /// <summary>
    /// Checks that every acknowledged vote is there, that every count equals a recount of the feed, and that the feed's
    /// chain holds.
    /// </summary>
    public static async Task<FeedRecount> CheckAsync(HttpClient client, Crowd crowd)
    {
        var held = new List<string>();
        foreach (var voter in crowd.Voters)
        {
            voter.Settle(BallotState.Read(await client.BallotAsync(voter.Name)));
            if (!voter.Acknowledged.IsEmpty)
                held.Add(voter.Acknowledged.ToString());
        }
        var recount = FeedRecount.Of(await client.FeedAsync());
        recount.Ballots.ShouldBe(held.Order(StringComparer.Ordinal));
        foreach (var by in Calls.Methods)
            await CheckCountsAsync(client, recount, by);
        return recount;
    }

    /// <summary>Checks that the counts of one method equal a recount of the feed.</summary>
    public static async Task CheckCountsAsync(HttpClient client, FeedRecount recount, string by, string campaign = Calls.Campaign)
    {
        var rows = (await client.LeaderboardAsync(by, campaign)).Where(row => row.GetProperty("votes").GetInt32() > 0);
        var shown = rows.ToDictionary(
            row => row.GetProperty("idea").GetString()!,
            row => (Score: row.GetProperty("score").GetDouble(), Votes: row.GetProperty("votes").GetInt32()),
            StringComparer.Ordinal);
        var counted = recount.Count(by);
        shown.Keys.Order(StringComparer.Ordinal).SequenceEqual(counted.Keys, StringComparer.Ordinal).ShouldBeTrue($"the ideas in the leaderboard by {by}");
        foreach (var (idea, (score, votes)) in counted)
        {
            shown[idea].Votes.ShouldBe(votes, $"{by} of {idea}");
            shown[idea].Score.ShouldBe(score, 1e-6, $"{by} of {idea}");
        }
    }
}
