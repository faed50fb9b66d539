using System.CommandLine;
using System.Text;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote export CAMPAIGN</c>: writes the campaign's feed of events, or its election as a file.</summary>
internal static class ExportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN") { Description = "The campaign's key." };
        var format = OutputFormat.Option("jsonl", "pb");
        var from = new Option<string>("--from") { Description = "With --format pb: the votes to write. Without it those of the first method that is on." };
        from.AcceptOnlyFromAmong("approvals", "ratings", "investments", "ranks");
        var output = new Option<string>("--output") { Description = "The file to write; replaced if it is there, added to with --after. Without it stdout.", HelpName = "FILE" };
        var after = new Option<string>("--after") { Description = "Only events after this position, to go on where an earlier export ended.", HelpName = "POSITION" };
        var command = new ExampleCommand(
            "export",
            "Writes every event of a campaign, or its election.",
            """
            jsonl: every event, one line of JSON each, in order, as the server has them. Goes on by itself when the connection
            breaks. pb: ideas and standing ballots in the format of Pabulib, with numbers for voters.
            Needs a token with the scope export.
            """,
            "ideavote export wola-2023 --format jsonl --output wola.jsonl",
            "ideavote export wola-2023 --output wola.jsonl --after POSITION",
            "ideavote export wola-2023 --format pb --from investments --output wola.pb",
            "ideavote export wola-2023 | gzip > wola.jsonl.gz")
        {
            campaign,
            format,
            from,
            output,
            after,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var asFile = parsed.GetValue(format) == "pb";
            if (asFile ? parsed.GetValue(after) is not null : parsed.GetValue(from) is not null)
                throw new UsageException(asFile ? "--after is for --format jsonl" : "--from is for --format pb");
            if (asFile)
            {
                await new ElectionExport(host, connection.Connect(parsed)).WriteAsync(parsed.GetRequiredValue(campaign), parsed.GetValue(from), parsed.GetValue(output), cancel);
                return ExitCodes.Done;
            }
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
