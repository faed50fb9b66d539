using System.Formats.Tar;
using System.Text;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Import;
using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Backup;

/// <summary>Backups of a real server, taken while people vote, and the servers that are made of them.</summary>
public class BackupTests
{
    [Fact]
    public async Task A_backup_taken_under_load_restores_to_a_server_that_has_every_vote_acknowledged_before_it_and_nothing_half()
    {
        using var folder = new TempFolder();
        var backup = folder.File("under-load.tar.gz");
        byte[] before, after;
        // What a process left behind that was killed in the middle of a backup.
        Directory.CreateDirectory(folder.DataFile("backup.tmp"));
        await File.WriteAllTextAsync(folder.DataFile("backup.tmp/texts.db"), "half");
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            Directory.Exists(folder.DataFile("backup.tmp")).ShouldBeFalse();
            await File.WriteAllTextAsync(folder.File("keys.json"), await server.Client.GetStringAsync(new Uri(".well-known/ideavote-keys.json", UriKind.Relative)));
            using var stop = new CancellationTokenSource();
            var voting = new Crowd(await server.Client.PrepareAsync(ideas: 12), seed: 61).Vote(server.Client, stop: stop.Token);
            await voting.ReachAsync(300);
            before = await server.Client.FeedAsync();
            var command = new CommandLine(server.Address);
            (await command.RunAsync("backup", backup)).ShouldBe(ExitCodes.Done, command.Output);
            await voting.ReachAsync(voting.Acknowledged + 100);
            await stop.CancelAsync();
            await voting.EndAsync();
            after = await server.Client.FeedAsync();
            Directory.Exists(folder.DataFile("backup.tmp")).ShouldBeFalse();
            File.GetUnixFileMode(backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var restored = folder.File("restored");
        var restore = new CommandLine(new Uri("http://localhost:1"));
        (await restore.RunAsync("restore", backup, "--check")).ShouldBe(ExitCodes.Done, restore.Output);
        (await restore.RunAsync("restore", backup, "--data", restored)).ShouldBe(ExitCodes.Done, restore.Output);
        Directory.EnumerateFileSystemEntries(restored).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["access.db", "accounts.db", "journal.db", "texts.db"]);

        await using var second = await ServerProcess.StartAsync(restored);
        var feed = await second.Client.FeedAsync();
        feed.Length.ShouldBeInRange(before.Length, after.Length);
        feed.AsSpan().SequenceEqual(after.AsSpan(0, feed.Length)).ShouldBeTrue("the restored server has the first events of the other, byte for byte");
        feed[^1].ShouldBe((byte)'\n');
        var recount = FeedRecount.Of(feed);
        foreach (var by in Calls.Methods)
            await Truth.CheckCountsAsync(second.Client, recount, by);
        (await second.Client.LeaderboardAsync("approvals")).ShouldAllBe(row => row.GetProperty("title").GetString()!.StartsWith("Idea number"));

        // The same key signs what the same events come to.
        var verify = new CommandLine(second.Address);
        (await verify.RunAsync("export", Calls.Campaign, "--output", folder.File("feed.jsonl"))).ShouldBe(ExitCodes.Done, verify.Output);
        (await verify.RunAsync("verify", folder.File("feed.jsonl"), "--key", folder.File("keys.json"))).ShouldBe(ExitCodes.Done, verify.Output);
        verify.Output.ShouldNotContain("NOT");

        (await restore.RunAsync("restore", backup, "--data", restored)).ShouldBe(ExitCodes.File);
        restore.Output.ShouldContain("is not empty");
    }

    [Fact]
    public async Task A_backup_in_which_a_byte_is_not_what_it_was_is_refused_with_the_name_of_its_file()
    {
        using var folder = new TempFolder();
        var backup = folder.File("whole.tar");
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            await server.Client.PrepareAsync(ideas: 3);
            var command = new CommandLine(server.Address);
            (await command.RunAsync("backup", backup)).ShouldBe(ExitCodes.Done, command.Output);
        }
        var whole = await File.ReadAllBytesAsync(backup);
        var damaged = folder.File("damaged.tar");
        var restore = new CommandLine(new Uri("http://localhost:1"));
        var files = await FilesAsync(backup);
        files.Select(file => file.Name).ShouldBe(["access.db", "texts.db", "accounts.db", "journal/000001", "manifest.json", "manifest.sha256"]);
        foreach (var (name, begin, length) in files)
        {
            foreach (var at in (long[])[begin, begin + length / 2, begin + length - 1])
            {
                var bytes = whole.ToArray();
                bytes[at] ^= 0x10;
                await File.WriteAllBytesAsync(damaged, bytes);
                (await restore.RunAsync("restore", damaged, "--data", folder.File("restored"))).ShouldBe(ExitCodes.File, $"{name} at {at}: {restore.Output}");
                restore.Output.ShouldContain(name == "manifest.sha256" ? "manifest.json" : name);
                Directory.EnumerateFileSystemEntries(folder.File("restored")).ShouldBeEmpty();
            }
            // Cut off in the middle of each, and behind each.
            foreach (var at in name == "manifest.sha256" ? (long[])[begin + 1] : [begin + 1, begin + length])
            {
                await File.WriteAllBytesAsync(damaged, whole[..(int)at]);
                (await restore.RunAsync("restore", damaged, "--check")).ShouldBe(ExitCodes.File, $"{name} up to {at}: {restore.Output}");
            }
        }

        // What a newer program wrote is not guessed at.
        var text = Encoding.Latin1.GetString(whole);
        await File.WriteAllBytesAsync(damaged, Encoding.Latin1.GetBytes(WithFormat2(text)));
        (await restore.RunAsync("restore", damaged, "--check")).ShouldBe(ExitCodes.File);
        restore.Output.ShouldContain("format 2");
    }

    private static string WithFormat2(string tar)
    {
        var begin = tar.IndexOf("{\n  \"format\": 1,", StringComparison.Ordinal);
        var end = tar.IndexOf("\n}", begin, StringComparison.Ordinal) + 2;
        var old = tar[begin..end];
        var changed = old.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal);
        return tar.Replace(old, changed, StringComparison.Ordinal).Replace(Sha256(old), Sha256(changed), StringComparison.Ordinal);

        static string Sha256(string manifest) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.Latin1.GetBytes(manifest)));
    }

    private static async Task<List<(string Name, long Begin, long Length)>> FilesAsync(string backup)
    {
        await using var file = File.OpenRead(backup);
        await using var tar = new TarReader(file);
        var files = new List<(string, long, long)>();
        while (await tar.GetNextEntryAsync() is { } entry)
            files.Add((entry.Name, entry.DataOffset, entry.Length));
        return files;
    }
}
