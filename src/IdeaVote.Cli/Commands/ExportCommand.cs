using System.CommandLine;
using System.Text;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote export CAMPAIGN</c>: writes the campaign's feed of events, its standing ballots, or its election as a file.</summary>
internal static class ExportCommand
{
    private const string Feed = "feed";
    private const string Ballots = "ballots";
    private const string Published = "published";
    private const string Lines = "jsonl";
    private const string Pabulib = "pb";

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN") { Description = "The campaign's key." };
        var what = new Option<string>("--what") { Description = "What to write.", DefaultValueFactory = _ => Feed };
        what.AcceptOnlyFromAmong(Feed, Ballots, Published);
        var format = OutputFormat.Option(Lines, OutputFormat.Csv, Pabulib);
        var from = new Option<string>("--from") { Description = "With --format pb: the votes to write. Without it those of the first method that is on." };
        from.AcceptOnlyFromAmong("approvals", "ratings", "investments", "ranks");
        var asOf = new Option<string>("--as-of") { Description = "With --format pb: the election as it was.", HelpName = "TIME|POSITION" };
        var output = new Option<string>("--output") { Description = "The file to write; replaced if it is there, added to with --after. Without it stdout.", HelpName = "FILE" };
        var after = new Option<string>("--after") { Description = "Only events after this position, to go on where an earlier export ended.", HelpName = "POSITION" };
        var command = new ExampleCommand(
            "export",
            "Writes every event of a campaign, its standing ballots, or its election.",
            """
            One line of JSON for each event, in order, as the server has them, and a last one with the signed head of them, which verify
            checks. Goes on by itself when the connection breaks. With --what ballots a line for each voter (jsonl) or vote (csv) instead,
            under pseudonyms; sha256sum of the jsonl is the ballots' hash of the head. With --format pb ideas and standing ballots in the format
            of Pabulib, with numbers for voters. Needs a token with the scope export. With --what published the ballots that a campaign publishes once
            voting has closed, under pseudonyms made for that alone and with a signed statement, which verify checks; for anybody.
            """,
            "ideavote export wola-2023 --format jsonl --output wola.jsonl",
            "ideavote export wola-2023 --output wola.jsonl --after POSITION",
            "ideavote export wola-2023 --what ballots --format csv --output ballots.csv",
            "ideavote export wola-2023 --what published --output published.jsonl",
            "ideavote export wola-2023 --format pb --from investments --output wola.pb",
            "ideavote export wola-2023 --format pb --as-of 2026-09-01T08:00:00Z --output then.pb",
            "ideavote export wola-2023 | gzip > wola.jsonl.gz")
        {
            campaign,
            what,
            format,
            from,
            asOf,
            output,
            after,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var asFile = parsed.GetRequiredValue(format) == Pabulib;
            if (asFile && parsed.GetValue(after) is not null)
                throw new UsageException("--after is for --format jsonl");
            if (asFile && parsed.GetRequiredValue(what) == Ballots)
                throw new UsageException("--format pb writes the election; ballots are written as jsonl or csv");
            if (!asFile && (parsed.GetValue(from) ?? parsed.GetValue(asOf)) is not null)
                throw new UsageException($"{(parsed.GetValue(from) is null ? asOf : from).Name} is for --format pb");
            if (asFile)
            {
                await new ElectionExport(host, connection.Connect(parsed)).WriteAsync(
                    parsed.GetRequiredValue(campaign), parsed.GetValue(from), parsed.GetValue(asOf), parsed.GetValue(output), cancel);
                return ExitCodes.Done;
            }
            if (parsed.GetRequiredValue(what) == Published)
            {
                if (parsed.GetRequiredValue(format) != Lines || parsed.GetValue(after) is not null)
                    throw new UsageException("published ballots are written whole, as jsonl only");
                await new ElectionExport(host, connection.Connect(parsed)).WritePublishedAsync(parsed.GetRequiredValue(campaign), parsed.GetValue(output), cancel);
                return ExitCodes.Done;
            }
            if (parsed.GetRequiredValue(what) == Ballots)
                return await WriteBallotsAsync(host, connection.Connect(parsed), parsed.GetRequiredValue(campaign), parsed.GetRequiredValue(format), parsed.GetValue(output), parsed.GetValue(after), cancel);
            if (parsed.GetRequiredValue(format) != Lines)
                throw new UsageException("the feed is written as jsonl only");
            var feed = new FeedExport(connection.Connect(parsed), parsed.GetRequiredValue(campaign), parsed.GetValue(after));
            var file = parsed.GetValue(output);
            var finished = false;
            try
            {
                await Waiting.ForAsync(host, () => $"exporting, {feed.Lines} events", async () =>
                {
                    await WriteAsync(feed, file, append: feed.Position is not null, host.Out, cancel);
                    return feed.Lines;
                });
                finished = true;
            }
            finally
            {
                if (!finished && feed.Position is { } position)
                    host.Note($"the export ends at position {position}; go on with --after {position}");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<int> WriteBallotsAsync(
        CliHost host, ApiClient client, string campaign, string format, string? path, string? after, CancellationToken cancel)
    {
        if (after is not null)
            throw new UsageException("ballots are those of one moment: there is no --after");
        var ballots = new BallotExport(client, campaign, format);
        string sha;
        if (path is null)
        {
            sha = await ballots.WriteAsync(host.Out, cancel);
        }
        else
        {
            await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            sha = await ballots.WriteAsync(file, cancel);
        }
        host.Note($"sha256 {sha}");
        return ExitCodes.Done;
    }

    private static async Task WriteAsync(FeedExport feed, string? path, bool append, TextWriter standard, CancellationToken cancel)
    {
        if (path is null)
        {
            await feed.WriteAsync(standard, cancel);
            return;
        }
        await using var file = new StreamWriter(path, append, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await feed.WriteAsync(file, cancel);
    }
}
