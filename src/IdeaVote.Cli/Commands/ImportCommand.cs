using System.CommandLine;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Import;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote import FILE.pb</c>: brings a participatory-budgeting election to the server.</summary>
internal static class ImportCommand
{
    private const int DefaultBatch = 2_000;
    private const int MaxBatch = 10_000;

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var file = new Argument<string>("FILE.pb") { Description = "The election, in the .pb format of Pabulib." };
        var campaign = new Option<string>("--campaign")
        {
            Description = "The campaign's key: a-z, 0-9 and -, at most 63. Created if there is none. Without it the key comes from the file's name.",
            HelpName = "KEY",
        };
        var title = new Option<string>("--title") { Description = "The new campaign's title. Without it the file's description.", HelpName = "TITLE" };
        var batch = new Option<int>("--batch")
        {
            Description = $"Ballots sent with one request, 1 to {MaxBatch}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultBatch,
        }.AcceptOnlyFrom(1, MaxBatch);
        var command = new ExampleCommand(
            "import",
            "Imports an election: the campaign, its ideas and all ballots.",
            """
            Approvals stay approvals, orders become ranks, and points (cumulative and scoring files) investments of credits;
            a ballot with points below 0 is refused. What META's default_score gives to the projects that a ballot of a scoring
            file does not name is invested too. A campaign that is not there is created, open to anyone. The command can be
            repeated at any time, also after an interruption: nothing counts twice.
            Needs a token with the scopes manage and vote:any.
            Exit codes: 0 all taken, 1 some ballots refused, 2 usage, 3 the file cannot be taken,
            4 the server refused or cannot be reached, 130 stopped.
            """,
            "ideavote import poland_warszawa_2023.pb",
            "ideavote import poland_warszawa_2023.pb --campaign wola-2023 --title \"Wola decides\"",
            "IDEAVOTE_URL=https://ideas.example.com IDEAVOTE_TOKEN=... ideavote import election.pb --batch 500")
        {
            file,
            campaign,
            title,
            batch,
        };
        command.Runs(host, (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(file);
            var key = Key(parsed.GetValue(campaign), path);
            return RunAsync(host, connection.Connect(parsed), path, key, parsed.GetValue(title), parsed.GetValue(batch), cancel);
        });
        return command;
    }

    private static string Key(string? given, string path)
    {
        if (given is not null)
            return CampaignKey.IsValid(given) ? given : throw new UsageException($"'{given}' is no campaign key: use a-z, 0-9 and -, at most 63, not starting with -");
        var key = CampaignKey.FromFile(path);
        return key.Length > 0 ? key : throw new UsageException("the file's name gives no campaign key; give one with --campaign");
    }

    private static async Task<int> RunAsync(CliHost host, ApiClient client, string path, string key, string? title, int batch, CancellationToken cancel)
    {
        var summary = new ImportSummary(path, key);
        PbElection election;
        try
        {
            election = Sendable.Of(PbParser.Parse(await File.ReadAllBytesAsync(path, cancel)));
        }
        catch (PbFormatException e)
        {
            host.Note(e.Line > 0 ? $"{path}:{e.Line}: {e.Message}" : $"{path}: {e.Message}");
            return ExitCodes.File;
        }
        var campaign = ElectionMapping.Campaign(election, key, title);
        summary.WriteWarnings(host.Error, [.. election.Warnings, .. ElectionMapping.Losses(election, campaign)]);
        IImportProgress progress = host.Terminal is { } terminal ? new BarProgress(terminal) : new PlainProgress(host.Error, host.Time);
        var finished = false;
        try
        {
            await new Importer(client, progress, host.Note).RunAsync(election, campaign, batch, summary, cancel);
            finished = true;
        }
        finally
        {
            summary.WriteRefused(host.Error);
            summary.WriteTotals(host.Out);
            if (!finished)
                host.Note("not finished; the same command again goes on and counts nothing twice");
        }
        return summary.Refused == 0 ? ExitCodes.Done : ExitCodes.SomeRefused;
    }
}
