using System.CommandLine;
using System.Globalization;
using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Backup;

/// <summary><c>ideavote restore BACKUP --data DIR</c>: makes a server's data folder of a backup.</summary>
internal static class RestoreCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host)
    {
        var backup = new Argument<string>("BACKUP") { Description = "The file that backup wrote." };
        var data = new Option<string>("--data") { Description = "The server's data folder to make: empty, or not there yet.", HelpName = "DIR" };
        var check = new Option<bool>("--check") { Description = "Only check the backup; write nothing." };
        var command = new ExampleCommand(
            "restore",
            "Makes a server's data folder of a backup, or checks one.",
            """
            Compares every file with the SHA-256 in the manifest, reads every event, follows the hash chain of every campaign, and looks through the
            databases. The folder becomes one that a server can use only when all of it is well. The server's first start counts everything anew from
            the journal. No server is needed for this, and none may use the folder meanwhile.
            """,
            "ideavote restore ideavote-20261122T153000Z.tar.gz --data ideavote-data",
            "ideavote restore ideavote-20261122T153000Z.tar.gz --check")
        {
            backup,
            data,
            check,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(backup);
            var folder = parsed.GetValue(data);
            if (parsed.GetValue(check) == (folder is not null))
                throw new UsageException("say where to restore with --data DIR, or --check to only check");
            var events = 0L;
            var manifest = await Waiting.ForAsync(host, () => $"{(folder is null ? "checking" : "restoring")}, {events:N0} events", () => folder is null
                ? BackupCheck.CheckAsync(path, cancel)
                : BackupCheck.RestoreAsync(path, folder, count => events = count, cancel));
            host.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {manifest.Events:N0} events of {manifest.Campaigns.Count} campaigns as of {manifest.At.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}, {(folder is null ? "whole" : $"restored to {folder}")}"));
            return ExitCodes.Done;
        });
        return command;
    }
}
