using System.Text;
using IdeaVote.Fuzz.Api;
using IdeaVote.Fuzz.Commands;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Files;

/// <summary>Whatever stands in a file that a command reads: it is taken, or refused in so many words.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class FileFuzzTests(FuzzedServer server, ITestOutputHelper output) : IClassFixture<FuzzedServer>, IDisposable
{
    private const int Permille = 15;

    private readonly FileTrial trial = new(server, output);

    public void Dispose() => trial.Dispose();

    [Theory]
    [InlineData(Samples.Election, "portfolio", "{file}")]
    [InlineData(Samples.Election, "portfolio", "{file}", "--rule", "knapsack", "--format", "json")]
    [InlineData(Samples.Ordinal, "leaderboard", "{file}", "--by", "borda")]
    [InlineData(Samples.Election, "import", "{file}", "--campaign", "{new}")]
    [InlineData(Samples.Ordinal, "import", "{file}", "--campaign", "{new}")]
    public Task Any_election_file_is_taken_or_refused(string election, params string[] command) => trial.FuzzAsync("town.pb", Encoding.UTF8.GetBytes(election), Mutate, Permille, command);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_feed_is_verified_or_refused(bool forged)
    {
        var feed = await trial.ExportAsync(await trial.VotedAsync("feed"));
        await trial.FuzzAsync("feed.jsonl", feed, (bytes, random) => forged ? Samples.Forge(feed, random) : ByteMutator.Mutate(bytes, random), Permille, "verify", "{file}");
    }

    [Fact]
    public async Task Any_published_ballots_are_verified_or_refused()
    {
        var campaign = await trial.VotedAsync("published");
        await server.SendAsync(HttpMethod.Put, $"/api/v1/campaigns/{campaign}/stage", """{"stage":"over"}""");
        // What voters may still have under way has arrived by then.
        server.Clock.Pass(TimeSpan.FromMinutes(2));
        await trial.FuzzAsync("published.jsonl", await trial.ExportAsync(campaign, "--what", "published"), Mutate, Permille, "verify", "{file}");
    }

    [Theory]
    [InlineData("leaderboard {c} --by rating --format csv", "ranking.csv", "--leaderboard")]
    [InlineData("leaderboard {c} --by approvals --format json", "ranking.json", "--leaderboard")]
    [InlineData("portfolio {c} --format csv", "funded.csv", "--portfolio")]
    [InlineData("portfolio {c} --format json --payments", "funded.json", "--portfolio")]
    public async Task Any_ranking_or_portfolio_is_compared_or_refused(string made, string name, string option)
    {
        var (campaign, feed) = await ExportedAsync(name);
        var counted = await Shell.RunAsync(server.Address, made.Replace("{c}", campaign, StringComparison.Ordinal).Split(' '));
        counted.Code.ShouldBe(0, counted.Said);
        await trial.FuzzAsync(name, Encoding.UTF8.GetBytes(counted.Output), Mutate, Permille, "verify", feed, option, "{file}");
    }

    [Theory]
    [InlineData("/api/v1/campaigns/{c}/head", "head.json", "--head")]
    [InlineData("/.well-known/ideavote-keys.json", "keys.json", "--key")]
    public async Task Any_head_or_key_is_believed_or_refused(string path, string name, string option)
    {
        var (campaign, feed) = await ExportedAsync(name);
        var kept = (await server.SendAsync(HttpMethod.Get, path.Replace("{c}", campaign, StringComparison.Ordinal))).GetRawText();
        await trial.FuzzAsync(name, Encoding.UTF8.GetBytes(kept), (_, random) => JsonMutator.Mutate(kept, random), Permille, "verify", feed, option, "{file}");
    }

    private async Task<(string Campaign, string Feed)> ExportedAsync(string name)
    {
        var campaign = await trial.VotedAsync(name.Replace('.', '-'));
        var feed = trial.Folder.File("whole.jsonl");
        await File.WriteAllBytesAsync(feed, await trial.ExportAsync(campaign));
        return (campaign, feed);
    }

    private static byte[] Mutate(byte[] bytes, Random random) => ByteMutator.Mutate(bytes, random);
}
