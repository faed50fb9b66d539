using IdeaVote.Cli;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Server.Tests.Import;

/// <summary>What a server exports as a file is the election that it counts.</summary>
public class ElectionFileTests
{
    private const int Voters = 300;

    [Theory]
    [InlineData("approval")]
    [InlineData("cumulative")]
    [InlineData("ordinal")]
    [InlineData("scoring")]
    public async Task A_file_imported_and_exported_is_the_same_election(string type)
    {
        using var folder = new TempFolder();
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        var path = folder.File("town.pb");
        await File.WriteAllTextAsync(path, Text(type));

        (await command.RunAsync("import", path)).ShouldBe(ExitCodes.Done, command.Output);
        (await command.RunAsync("export", "town", "--format", "pb", "--output", folder.File("back.pb"))).ShouldBe(ExitCodes.Done, command.Output);
        var (one, other) = (Read(path), Read(folder.File("back.pb")));

        other.Warnings.ShouldBeEmpty();
        other.Refused.ShouldBeEmpty();
        other.Meta["budget"].ShouldBe(one.Meta["budget"]);
        other.Meta["currency"].ShouldBe(one.Meta["currency"]);
        Projects(other).ShouldBe(Projects(one));
        // Without names, the ballots are told apart by what is on them. Whoever chose nothing never voted.
        Ballots(other).ShouldBe(Ballots(one));
        (await PortfolioAsync(folder.File("back.pb"))).ShouldBe(await PortfolioAsync("town"));

        async Task<string[]> PortfolioAsync(string of)
        {
            (await command.RunAsync("portfolio", of, "--format", "csv")).ShouldBe(ExitCodes.Done, command.Output);
            // All but the ids of ideas, and what names the source.
            return [.. command.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.Split(',')[..^4].Where((_, column) => column != 1)))];
        }
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("cumulative")]
    [InlineData("ordinal")]
    [InlineData("scoring")]
    public async Task An_exported_file_reads_back_and_is_exported_again_byte_for_byte(string type)
    {
        using var folder = new TempFolder();
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        await File.WriteAllTextAsync(folder.File("town.pb"), Text(type, Hostile));
        (await command.RunAsync("import", folder.File("town.pb"))).ShouldBe(ExitCodes.Done, command.Output);

        var first = await ExportAsync("town");
        (await command.RunAsync("import", folder.File("town.out.pb"), "--campaign", "again")).ShouldBe(ExitCodes.Done, command.Output);
        var second = await ExportAsync("again");

        // The campaign's key, and what names the ballots that were counted, must differ; nothing else does.
        Named(first).ShouldNotBe(Named(second));
        second.ShouldBe(first
            .Replace("\ninstance;town\n", "\ninstance;again\n", StringComparison.Ordinal)
            .Replace(Named(first), Named(second), StringComparison.Ordinal));
        foreach (var title in Hostile)
            first.ShouldContain(Quoted(title.Replace("\r\n", " ", StringComparison.Ordinal)).Trim('"'));

        async Task<string> ExportAsync(string campaign)
        {
            var path = folder.File($"{campaign}.out.pb");
            (await command.RunAsync("export", campaign, "--format", "pb", "--output", path)).ShouldBe(ExitCodes.Done, command.Output);
            return System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path));
        }
    }

    private static string Named(string file) => file.Split('\n').Single(static line => line.StartsWith("comment;", StringComparison.Ordinal));

    private static PbElection Read(string path) => PbParser.Parse(File.ReadAllBytes(path));

    private static string[] Projects(PbElection election) =>
        [.. election.Projects.Select(each => $"{each.Id}|{each.Name}|{each.Cost:0.####}|{string.Join(',', each.Categories)}").Order(StringComparer.Ordinal)];

    private static string[] Ballots(PbElection election) =>
    [
        .. election.Ballots.Where(ballot => ballot.Choices.Count > 0)
            .Select(ballot => string.Join(',', ballot.Choices.Select(choice => $"{choice.Project}={choice.Points}").Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    // A title each for the projects below.
    private static readonly string[] Hostile =
        ["\"all of it\"", "a \"quote", "; semi ; colons;", "two\r\nlines", "=HYPERLINK(\"http://x\")", "+1;-1;@x;META", "two  blanks, \"\"\" quotes"];

    private static string Text(string type, string[]? titles = null)
    {
        string[] projects = ["B.1", "\"quoted\"", "semi;colon", "Łódź", "=1+1", "VOTES", "a b"];
        var random = new Random(67);
        var lines = new List<string>
        {
            "META", "key;value", "description;\"A town; \"\"made up\"\"\"", "budget;100.5", "currency;PLN", $"vote_type;{type}", "max_length;4", "PROJECTS", "project_id;cost;name;category",
        };
        lines.AddRange(projects.Select((id, i) => $"{Quoted(id)};{10 + (i * 7.25m)};{Quoted(titles?[i] ?? $"Project; {id}")};{(i % 2 == 0 ? "park,water" : "")}"));
        lines.AddRange(["VOTES", type is "cumulative" or "scoring" ? "voter_id;vote;points" : "voter_id;vote"]);
        for (var voter = 1; voter <= Voters; voter++)
        {
            var chosen = projects.OrderBy(_ => random.Next()).Take(random.Next(5)).ToList();
            var points = type is "cumulative" or "scoring" ? ";" + string.Join(',', chosen.Select(_ => random.Next(1, 9))) : "";
            lines.Add($"voter {voter};{Quoted(string.Join(',', chosen))}{points}");
        }
        return string.Join('\n', lines);
    }

    private static string Quoted(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
