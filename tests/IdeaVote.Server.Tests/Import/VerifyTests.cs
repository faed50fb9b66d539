using IdeaVote.Cli;

namespace IdeaVote.Server.Tests.Import;

/// <summary>A whole election exported from a real server and recomputed without it.</summary>
public class VerifyTests
{
    private const int Voters = 500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_server_exports_agrees_with_what_anybody_recomputes(bool isCumulative)
    {
        using var folder = new TempFolder();
        var election = isCumulative ? Election.Cumulative(71, Voters) : Election.Approval(72, Voters);
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        await File.WriteAllTextAsync(folder.File("town.pb"), election.Text);
        (await command.RunAsync("import", folder.File("town.pb"), "--campaign", "town")).ShouldBe(ExitCodes.Done, command.Output);

        (await command.RunAsync("export", "town", "--output", folder.File("feed.jsonl"))).ShouldBe(ExitCodes.Done, command.Output);
        (await command.RunAsync("leaderboard", "town", "--by", election.By, "--format", "csv")).ShouldBe(ExitCodes.Done);
        await File.WriteAllTextAsync(folder.File("ranking.csv"), command.Output);
        (await command.RunAsync("leaderboard", "town", "--by", election.By, "--format", "json")).ShouldBe(ExitCodes.Done);
        await File.WriteAllTextAsync(folder.File("ranking.json"), command.Output);
        (await command.RunAsync("export", "town", "--what", "ballots", "--output", folder.File("ballots.jsonl"))).ShouldBe(ExitCodes.Done);
        var sha = command.Output.Trim().Split(' ')[^1];

        (await command.RunAsync("verify", folder.File("feed.jsonl"), "--key", server.Address.OriginalString, "--leaderboard", folder.File("ranking.csv"), "--by", election.By))
            .ShouldBe(ExitCodes.Done, command.Output);
        command.Output.ShouldContain($", {election.Voted} voters, {Election.Projects} ideas, ballots sha256 {sha}; ");
        command.Output.ShouldContain($"agrees in {Election.Projects} of {Election.Projects} ranks by {election.By}");
        command.Output.ShouldNotContain("NOT");
        (await command.RunAsync("verify", folder.File("feed.jsonl"), "--leaderboard", folder.File("ranking.json"))).ShouldBe(ExitCodes.Done, command.Output);

        // A file that is gone on with later has the head of then and that of now.
        var position = System.Text.Json.JsonDocument.Parse((await File.ReadAllLinesAsync(folder.File("feed.jsonl")))[^1]).RootElement.GetProperty("head").GetProperty("position").GetString()!;
        (await command.RunAsync("export", "town", "--output", folder.File("feed.jsonl"), "--after", position)).ShouldBe(ExitCodes.Done, command.Output);
        (await command.RunAsync("verify", folder.File("feed.jsonl"))).ShouldBe(ExitCodes.Done, command.Output);
    }
}
