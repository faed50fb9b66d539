using System.Text.Json;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Import;
using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Postgres;

/// <summary>A whole election into a server whose journal is in PostgreSQL.</summary>
public sealed class PostgresImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Voters = 2_000;

    [PostgresFact(isThorough: true)]
    public async Task An_election_counts_as_it_did_also_after_a_crash_and_from_another_folder()
    {
        using var folder = new TempFolder();
        var election = Election.Approval(67, Voters);
        var database = postgres.Fresh();
        await File.WriteAllTextAsync(folder.File("town.pb"), election.Text);

        byte[] feed;
        await using (var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data) { More = ["--journal", database] }))
        {
            var command = new CommandLine(server.Address);
            (await command.RunAsync("import", folder.File("town.pb"))).ShouldBe(ExitCodes.Done, command.Output);
            command.Output.ShouldContain($"ballots: {election.Voted} counted, {Voters - election.Voted} unchanged, 0 refused");
            await ShouldCountAsync(command, election);
            feed = await server.Client.FeedAsync("town");
            await Truth.CheckCountsAsync(server.Client, FeedRecount.Of(feed), election.By, "town");
            await server.KillAsync();
            server.Output.All.ShouldHideThePassword();
        }
        File.Exists(folder.DataFile("journal.db")).ShouldBeFalse();
        File.Exists(folder.DataFile("texts.db")).ShouldBeFalse();
        File.Exists(folder.DataFile("access.db")).ShouldBeFalse();
        File.Exists(folder.DataFile("accounts.db")).ShouldBeFalse();

        await ShouldServeAsync(folder.Data);
        // Everything in the folder can be made again; here it is.
        await ShouldServeAsync(folder.File("other"));

        async Task ShouldServeAsync(string data)
        {
            await using var server = await ServerProcess.StartAsync(new ServerLaunch(data) { Journal = database });
            var command = new CommandLine(server.Address);
            await ShouldCountAsync(command, election);
            (await server.Client.FeedAsync("town")).AsSpan().SequenceEqual(feed).ShouldBeTrue("The feed is another one.");
            (await command.RunAsync("import", folder.File("town.pb"))).ShouldBe(ExitCodes.Done, command.Output);
            command.Output.ShouldContain($"ballots: 0 counted, {Voters} unchanged, 0 refused");
            (await server.Client.FeedAsync("town")).AsSpan().SequenceEqual(feed).ShouldBeTrue("The feed is another one.");
            var exit = await server.TerminateAsync();
            exit.Code.ShouldBe(0, exit.Output);
            exit.Output.ShouldContain("Journal in    PostgreSQL, votes");
            exit.Output.ShouldHideThePassword();
        }
    }

    private static async Task ShouldCountAsync(CommandLine command, Election election)
    {
        (await command.RunAsync("leaderboard", "town", "--by", election.By, "--format", "json")).ShouldBe(ExitCodes.Done, command.Output);
        var counts = JsonElement.Parse(command.Output).GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("reference").GetString()!,
            row => (row.GetProperty("score").GetInt32(), row.GetProperty("votes").GetInt32()),
            StringComparer.Ordinal);
        counts.ShouldBe(election.Counts, ignoreOrder: true);
    }
}
