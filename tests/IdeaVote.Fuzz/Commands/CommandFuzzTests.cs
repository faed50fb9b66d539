using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using IdeaVote.Cli;
using IdeaVote.Fuzz.Api;
using IdeaVote.Fuzz.Files;
using IdeaVote.Server.Tests.Support;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Commands;

/// <summary>Whatever is given to whatever command, option and variable: it ends in time, with one of its exit codes and without an exception.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class CommandFuzzTests(FuzzedServer server, ITestOutputHelper output) : IClassFixture<FuzzedServer>
{
    private const int Permille = 75;

    // What names a file that is written; its values stay in the test's folder.
    private static readonly string[] Written = ["--output", "--chart", "--data", "DIR|FILE"];

    private static readonly string[] Likely =
    [
        "json", "csv", "10", "1", "ada", "2031-01-01", "none", "overall", "true", "false", "--", "-", "--help", "@x", "=", "\"", "http://127.0.0.1:1", "localhost:5080", "HTTP://[::1", "http://a:b@c", "ftp://x",
    ];

    [Fact]
    public async Task Any_command_line_ends_with_one_of_the_exit_codes()
    {
        using var folder = new TempFolder();
        var commands = Leaves(CliApp.Root(new CliHost { Http = server.Http, Out = TextWriter.Null, Error = TextWriter.Null, Environment = static _ => null }), []).ToArray();
        var world = await World.MakeAsync(server, -Run.FirstSeed);
        var right = await WriteFilesAsync(folder, world);
        string[] files = [.. right.Values.SelectMany(static each => each).Distinct(StringComparer.Ordinal), folder.File("none")];
        var (findings, codes, reached, done) = (new Findings(), new Counts(), new Counts(), new Counts());
        for (var seed = Run.FirstSeed; seed < Run.FirstSeed + Run.Share(Permille) && !findings.IsFull; seed++)
        {
            var random = Run.Of(seed);
            var (path, command) = random.Pick(commands);
            var strange = random.Next(3);
            string[] args = [.. path, .. Arguments(command), .. Options(command)];
            // No process can be given a NUL.
            args = [.. args.Select(static arg => arg.Replace("\0", "", StringComparison.Ordinal))];
            if (random.Next(20) < strange)
                args = [.. args.OrderBy(_ => random.Next())];
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["IDEAVOTE_URL"] = random.Next(20) < strange ? Values.Next(random) : server.Address.OriginalString,
                ["IDEAVOTE_TOKEN"] = random.Next(20) < strange ? Values.Next(random) : random.OneIn(8) ? random.Pick(world.Tokens) : FuzzedServer.AdminToken,
            };
            var ended = await Shell.RunAsync(server.Address, environment, args);
            var name = string.Join(' ', path);
            codes.Add(ended.Code.ToString(CultureInfo.InvariantCulture));
            reached.Add(name);
            if (ended.Code == ExitCodes.Done)
                done.Add(name);
            if (Shell.Judge(ended) is { } wrong)
                findings.Add(seed, $"ideavote {string.Join(' ', args.Select(static arg => $"'{arg}'"))} with {string.Join(' ', environment)}", wrong);

            IEnumerable<string> Arguments(Command of) => of.Arguments.Where(_ => random.Next(30) >= strange).Select(Value);

            IEnumerable<string> Options(Command of)
            {
                foreach (var option in of.Options.Where(static option => option.Required).Concat(of.Options.Where(static option => !option.Required).OrderBy(_ => random.Next()).Take(random.Next(4))))
                {
                    yield return option.Name;
                    if (option.ValueType != typeof(bool) && random.Next(30) >= strange)
                        yield return Value(option);
                }
            }

            string Value(Symbol of)
            {
                if (Written.Contains(of.Name, StringComparer.Ordinal))
                    return folder.File(new string([.. Values.Next(random).Where(static c => c is not ('/' or '\0')).Take(random.OneIn(9) ? 400 : 40)]).Trim('.') + "x");
                string[] taken = [.. right.GetValueOrDefault(of.Name, []), .. of.GetCompletions(CompletionContext.Empty).Select(static completion => completion.Label)];
                return random.Next(10 + 3 * strange) switch
                {
                    < 8 when taken.Length > 0 => random.Pick(taken),
                    0 => world.Key,
                    1 => random.Pick(files),
                    // A relative name leads into the server's folder, an absolute one would lead out of it.
                    > 10 => Values.Next(random).TrimStart('/'),
                    _ => random.Pick(Likely),
                };
            }
        }

        output.WriteLine($"commands: {codes.Sum} command lines; exit codes {codes}; commands {commands.Length}, reached {reached.Names.Count}, done {done}");
        findings.ShouldBeNone();
        server.Errors.ShouldBeEmpty();
        if (Run.IsWhole)
            commands.Select(static each => string.Join(' ', each.Path)).Except(Run.IsLong ? done.Names : reached.Names).ShouldBeEmpty();
    }

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path)
    {
        if (command.Subcommands.Count == 0)
            yield return (path, command);
        foreach (var sub in command.Subcommands)
            foreach (var found in Leaves(sub, [.. path, sub.Name]))
                yield return found;
    }

    // What arguments and options take, by their names.
    private async Task<Dictionary<string, string[]>> WriteFilesAsync(TempFolder folder, World world)
    {
        var (election, feed, backup, ranking, portfolio, head) =
            (folder.File("town.pb"), folder.File("feed.jsonl"), folder.File("whole.tar"), folder.File("ranking.json"), folder.File("funded.json"), folder.File("head.json"));
        await File.WriteAllTextAsync(election, Samples.Election);
        await RunAsync("export", world.Key, "--output", feed);
        await RunAsync("backup", backup);
        await File.WriteAllTextAsync(ranking, await RunAsync("leaderboard", world.Key, "--by", "rating", "--format", "json"));
        await File.WriteAllTextAsync(portfolio, await RunAsync("portfolio", world.Key, "--format", "json"));
        await File.WriteAllTextAsync(head, (await server.SendAsync(HttpMethod.Get, $"/api/v1/campaigns/{world.Key}/head")).GetRawText());
        return new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["CAMPAIGN"] = [world.Key],
            ["CAMPAIGN|FILE.pb"] = [world.Key, election],
            ["FILE.pb"] = [election],
            ["EXPORT"] = [feed],
            ["BACKUP"] = [backup],
            ["ID"] = world.Parts["id"],
            ["NAME"] = ["nightly"],
            ["--campaign"] = [world.Key, "fuzz-import"],
            ["--leaderboard"] = [ranking],
            ["--portfolio"] = [portfolio],
            ["--head"] = [head],
            ["--key"] = [server.Address.OriginalString],
            ["--url"] = [server.Address.OriginalString],
            ["--token"] = [.. world.Tokens],
            ["--expires"] = ["2031-01-01", "2031-01-01T00:00Z"],
            ["--top"] = ["1", "1000"],
            ["--batch"] = ["1", "500"],
        };

        async Task<string> RunAsync(params string[] args)
        {
            var ended = await Shell.RunAsync(server.Address, args);
            ended.Code.ShouldBe(ExitCodes.Done, ended.Said);
            return ended.Output;
        }
    }
}
