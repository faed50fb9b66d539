using System.Text.Json;

namespace IdeaVote.Faults.Workload;

/// <summary>
/// Voters and authors with known intents, who outlive the servers they speak to: some votes carry the id of the attempt, and what has an unknown
/// outcome is sent again.
/// </summary>
internal sealed class Electorate
{
    /// <summary>How many votes are on their way at once.</summary>
    private const int AtOnce = 24;
    private const int FirstIdeas = 6;

    private readonly Random random;
    private readonly Report report;
    private readonly Ledger[] voters = [.. Enumerable.Range(0, AtOnce).Select(n => new Ledger($"voter-{n}", hasKeys: n % 2 == 0))];
    private readonly List<string> ideas = [];
    private readonly Dictionary<string, string> titles = new(StringComparer.Ordinal);
    private string? submission;
    private Voting? voting;

    public Electorate(Report report, int seed) => (this.report, random) = (report, new Random(seed));

    public IReadOnlyList<Ledger> Voters => voters;

    /// <summary>The ideas that were acknowledged, with their titles.</summary>
    public IReadOnlyDictionary<string, string> Ideas => titles;

    /// <summary>The title of the idea whose outcome is unknown; null if there is none.</summary>
    public string? UnknownIdea => submission;

    /// <summary>Opens the campaign, with a few ideas.</summary>
    public async Task BeginAsync(HttpClient client)
    {
        await Api.OpenCampaignAsync(client);
        for (var i = 0; i < FirstIdeas; i++)
            if (!await TrySubmitAsync(client))
                throw new InvalidOperationException("The first ideas could not be submitted.");
    }

    /// <summary>Sets everybody voting until the server is gone or <paramref name="stop"/>.</summary>
    public Voting Vote(HttpClient client, CancellationToken stop = default)
    {
        voting = new Voting(client, report, stop);
        var known = ideas.ToArray();
        voting.Start([.. voters.Select(voter => voting.RunAsync(voter, known, new Random(random.Next()))), Task.Run(() => TrySubmitAsync(client))]);
        return voting;
    }

    /// <summary>Waits until so many more votes have been acknowledged in the voting that goes on.</summary>
    public Task NextAsync(int votes) => voting!.ReachAsync(voting.Acknowledged + votes);

    /// <summary>Submits an idea, or once more the one whose outcome is unknown.</summary>
    private async Task<bool> TrySubmitAsync(HttpClient client)
    {
        var title = submission ??= $"Idea {ideas.Count}";
        using var request = Api.Submit(title, $"idea-{ideas.Count}");
        try
        {
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (Answers.Read(response, text, report, title) != Answer.Acknowledged)
                return false;
            var id = JsonElement.Parse(text).GetProperty("id").GetString()!;
            if (!titles.TryAdd(id, title))
                report.Find(Wrong.Doubled, $"'{title}' got the id of '{titles[id]}'");
            ideas.Add(id);
            submission = null;
            report.Acknowledge();
            return true;
        }
        catch (Exception e) when (Answers.IsNone(e))
        {
            return false;
        }
    }
}
