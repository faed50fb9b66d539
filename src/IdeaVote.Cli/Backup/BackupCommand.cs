using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Backup;

/// <summary><c>ideavote backup DIR|FILE</c>: takes a backup of a server while it serves.</summary>
internal static class BackupCommand
{
    private const long Megabyte = 1_000_000;

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var target = new Argument<string>("DIR|FILE")
        {
            Description = "The file to write, compressed if it ends in .gz; or a folder that exists, in which one is made that is named after the time.",
        };
        var command = new ExampleCommand(
            "backup",
            "Takes a backup of everything a server keeps, while it serves.",
            """
            Journal, texts, access and accounts as of one moment. The file gets its name once it is on the disk and has been read back and
            checked: one that has it is whole. Needs a token with the scope admin. The backup holds the secret that ids are keyed with, people's addresses and
            what they wrote: keep it where only those may read it who may read the server's folder, and only as long as you must, for who is erased
            on the server is not erased in it. A server whose journal is in PostgreSQL is backed up with pg_dump.
            """,
            "ideavote backup /var/backups/ideavote",
            "ideavote backup before-upgrade.tar.gz",
            "IDEAVOTE_TOKEN=$(cat ideavote-data/admin-token) ideavote backup /var/backups/ideavote")
        {
            target,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var path = PathOf(parsed.GetRequiredValue(target), host.Time.GetUtcNow());
            var client = connection.Connect(parsed);
            // What checking depends on is the end of the name, so it stays.
            var draft = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".part-" + Path.GetFileName(path));
            var bytes = 0L;
            var manifest = await Waiting.ForAsync(host, () => $"downloading, {bytes / Megabyte} MB", async () =>
            {
                try
                {
                    await client.Backoff.RunAsync(
                        async () =>
                        {
                            bytes = 0;
                            await DownloadAsync(client, draft, count => bytes += count, cancel);
                            return 0;
                        },
                        cancel);
                    var checkedBackup = await BackupCheck.CheckAsync(draft, cancel);
                    File.Move(draft, path, overwrite: true);
                    return checkedBackup;
                }
                catch
                {
                    File.Delete(draft);
                    throw;
                }
            });
            host.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {manifest.Events:N0} events of {manifest.Campaigns.Count} campaigns as of {manifest.At.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}, {new FileInfo(path).Length:N0} bytes, checked"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string PathOf(string target, DateTimeOffset now) => Directory.Exists(target)
        ? Path.Combine(target, $"ideavote-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.tar.gz")
        : target;

    private static async Task DownloadAsync(ApiClient client, string draft, Action<int> copied, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(draft, options);
        if (draft.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            await using var zipped = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
            await client.DownloadAsync("backup", zipped, copied, cancel);
        }
        else
        {
            await client.DownloadAsync("backup", file, copied, cancel);
        }
        file.Flush(flushToDisk: true);
    }
}
