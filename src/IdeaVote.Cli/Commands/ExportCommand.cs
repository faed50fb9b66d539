using System.CommandLine;
using System.Text;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote export CAMPAIGN</c>: writes the campaign's feed of events.</summary>
internal static class ExportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN") { Description = "The campaign's key." };
        var format = OutputFormat.Option("jsonl");
        var output = new Option<string>("--output") { Description = "The file to write; replaced if it is there, added to with --after. Without it stdout.", HelpName = "FILE" };
        var after = new Option<string>("--after") { Description = "Only events after this position, to go on where an earlier export ended.", HelpName = "POSITION" };
        var command = new ExampleCommand(
            "export",
            "Writes every event of a campaign.",
            """
            One line of JSON each, in order, as the server has them. Goes on by itself when the connection breaks.
            Needs a token with the scope export.
            """,
            "ideavote export wola-2023 --format jsonl --output wola.jsonl",
            "ideavote export wola-2023 --output wola.jsonl --after POSITION",
            "ideavote export wola-2023 | gzip > wola.jsonl.gz")
        {
            campaign,
            format,
            output,
            after,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var feed = new FeedExport(connection.Connect(parsed), parsed.GetRequiredValue(campaign), parsed.GetValue(after));
            var file = parsed.GetValue(output);
            var finished = false;
            try
            {
                await WriteAsync(feed, file, append: feed.Position is not null, host.Out, cancel);
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
