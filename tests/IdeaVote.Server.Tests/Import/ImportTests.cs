using System.Text.Json;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Import;

/// <summary>Whole elections through the command line into a server that listens.</summary>
public class ImportTests
{
    private const int Voters = 1_000;
    private const int Batch = 100;

    // The campaign is asked for and made (or its ideas listed), then come the ideas, then the ballots.
    private static readonly int FirstIdea = 3;
    private static readonly int FirstBallots = FirstIdea + Election.Projects;
    private static readonly int LastBallots = FirstBallots + Voters / Batch - 1;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_counts_as_the_election_did_and_importing_again_changes_nothing(bool isCumulative)
    {
        using var folder = new TempFolder();
        var election = isCumulative ? Election.Cumulative(61, Voters) : Election.Approval(62, Voters);
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        var import = await PrepareAsync(folder, election);

        (await command.RunAsync(import)).ShouldBe(ExitCodes.Done, command.Output);
        command.Output.ShouldContain($"ballots: {election.Voted} counted, {Voters - election.Voted} unchanged, 0 refused");
        await ShouldCountAsync(command, election);
        var head = await HeadAsync(server);

        (await command.RunAsync(import)).ShouldBe(ExitCodes.Done, command.Output);
        command.Output.ShouldContain($"ballots: 0 counted, {Voters} unchanged, 0 refused");
        (await HeadAsync(server)).ShouldBe(head);
        await Truth.CheckCountsAsync(server.Client, FeedRecount.Of(await server.Client.FeedAsync("town")), election.By, "town");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_interrupted_anywhere_and_repeated_counts_the_same(bool isCumulative)
    {
        using var folder = new TempFolder();
        var election = isCumulative ? Election.Cumulative(63, Voters) : Election.Approval(64, Voters);
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        var import = await PrepareAsync(folder, election);
        var random = new Random(65);

        int[] interruptions =
        [
            1, 2, random.Next(FirstIdea, FirstBallots), random.Next(FirstIdea, FirstBallots), FirstBallots,
            random.Next(FirstBallots, LastBallots), random.Next(FirstBallots, LastBallots), random.Next(FirstBallots, LastBallots),
        ];
        foreach (var interruption in interruptions)
        {
            using var stop = new CancellationTokenSource();
            command.Sent = number => number == interruption ? stop.CancelAsync() : Task.CompletedTask;
            (await command.RunAsync(stop.Token, import)).ShouldBe(ExitCodes.Cancelled, $"{command.Requests} requests: {command.Output}");
        }
        command.Sent = _ => Task.CompletedTask;
        (await command.RunAsync(import)).ShouldBe(ExitCodes.Done, command.Output);
        await ShouldCountAsync(command, election);
    }

    public static IEnumerable<object[]> Moments => Thorough.Of<object[]>(1, [28], [5], [33]);

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task An_import_outlives_the_server_it_speaks_to(int killedAt)
    {
        using var folder = new TempFolder();
        var election = Election.Cumulative(66, Voters);
        // On the same address the second server can only be if the first did not get any port that was free.
        var launch = new ServerLaunch(folder.Data) { Urls = FreePort.Address() };
        var server = await ServerProcess.StartAsync(launch);
        try
        {
            var command = new CommandLine(server.Address)
            {
                Sent = async number =>
                {
                    if (number != killedAt)
                        return;
                    await server.KillAsync();
                    await server.DisposeAsync();
                    server = await ServerProcess.StartAsync(launch);
                },
            };
            var import = await PrepareAsync(folder, election);
            (await command.RunAsync(import)).ShouldBe(ExitCodes.Done, command.Output);
            command.Output.ShouldContain("trying again");
            command.Requests.ShouldBeGreaterThan(killedAt);
            await ShouldCountAsync(command, election);
            await Truth.CheckCountsAsync(server.Client, FeedRecount.Of(await server.Client.FeedAsync("town")), election.By, "town");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<string[]> PrepareAsync(TempFolder folder, Election election)
    {
        await File.WriteAllTextAsync(folder.File("town.pb"), election.Text);
        return ["import", folder.File("town.pb"), "--batch", $"{Batch}"];
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

    private static async Task<string> HeadAsync(HostedServer server) => FeedRecount.Of(await server.Client.FeedAsync("town")).Head;
}
