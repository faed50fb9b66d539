using IdeaVote.Cli;

namespace IdeaVote.Faults.Workload;

/// <summary>Whether what a server says is what its voters were told, and whether it says the same everywhere.</summary>
internal static class Truth
{
    private static readonly string[] Methods = ["approvals", "rating", "invested"];

    /// <summary>Compares ballots, counts, ideas and feed with what was acknowledged and with each other.</summary>
    /// <param name="client">Speaks to the server.</param>
    /// <param name="electorate">Who voted.</param>
    /// <param name="report">Where to say what is wrong.</param>
    /// <param name="verify">Whether <c>ideavote verify</c> judges the export too.</param>
    public static async Task CheckAsync(HttpClient client, Electorate electorate, Report report, bool verify = false)
    {
        try
        {
            var held = new List<string>();
            foreach (var voter in electorate.Voters)
            {
                var ballot = await Api.BallotAsync(client, voter.Name);
                if (voter.Settle(ballot) is var (kind, what))
                    report.Find(kind, what);
                if (!ballot.IsEmpty)
                    held.Add(ballot.ToString());
                // A position that was given is one that can be asked for.
                if (voter.Position is { } position)
                    await Api.GetAsync(client, "/leaderboard?by=rating&top=1", after: position);
            }
            await CheckIdeasAsync(client, electorate, report);
            var recount = FeedRecount.Of(await Api.FeedAsync(client));
            if (!recount.Ballots.SequenceEqual(held.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                report.Find(Wrong.Doubled, "the feed's ballots are not those that voters see");
            foreach (var by in Methods)
                await CheckCountsAsync(client, recount, by, report);
            if (verify)
                await VerifyAsync(client.BaseAddress!, report);
        }
        catch (ShouldAssertException e)
        {
            report.Find(Wrong.Doubled, $"the feed: {e.Message}");
        }
        catch (Exception e) when (Answers.IsNone(e) || e is KeyNotFoundException or InvalidOperationException)
        {
            report.Find(Wrong.Unexplained, $"the check could not be made: {e.Message}");
        }
    }

    private static async Task CheckIdeasAsync(HttpClient client, Electorate electorate, Report report)
    {
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await Api.GetAsync(client, cursor is null ? "/ideas" : $"/ideas?cursor={Uri.EscapeDataString(cursor)}");
            foreach (var idea in page.GetProperty("items").EnumerateArray())
                listed.Add(idea.GetProperty("id").GetString()!, idea.GetProperty("title").GetString()!);
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        foreach (var (id, title) in electorate.Ideas)
            if (!listed.Remove(id, out var shown) || !string.Equals(shown, title, StringComparison.Ordinal))
                report.Find(Wrong.Lost, $"'{title}' is {(shown is null ? "not there" : $"called '{shown}'")}");
        foreach (var title in listed.Values.Where(title => !string.Equals(title, electorate.UnknownIdea, StringComparison.Ordinal)).Concat(listed.Values.Skip(1)))
            report.Find(Wrong.Doubled, $"there is another idea, '{title}'");
    }

    private static async Task CheckCountsAsync(HttpClient client, FeedRecount recount, string by, Report report)
    {
        var shown = await Api.LeaderboardAsync(client, by);
        var counted = recount.Count(by);
        foreach (var idea in shown.Keys.Union(counted.Keys, StringComparer.Ordinal))
        {
            var (seen, real) = (shown.GetValueOrDefault(idea), counted.GetValueOrDefault(idea));
            if (seen.Votes != real.Votes || Math.Abs(seen.Score - real.Score) > 1e-6)
                report.Find(Wrong.Doubled, $"the leaderboard by {by} shows {seen} for an idea whose ballots come to {(real.Votes, real.Score)}");
        }
    }

    private static async Task VerifyAsync(Uri server, Report report)
    {
        using var folder = new TempFolder();
        foreach (var command in (string[][])[["export", Api.Campaign, "--output", folder.File("feed.jsonl")], ["verify", folder.File("feed.jsonl"), "--key", server.OriginalString]])
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
            using var output = new StringWriter();
            var host = new CliHost
            {
                Http = http,
                Out = output,
                Error = output,
                Environment = name => name switch { "IDEAVOTE_URL" => server.OriginalString, "IDEAVOTE_TOKEN" => Server.FaultyLaunch.Token, _ => null },
            };
            if (await CliApp.RunAsync(command, host, CancellationToken.None) != ExitCodes.Done)
                report.Find(Wrong.Doubled, $"ideavote {command[0]}: {output}");
        }
    }
}
