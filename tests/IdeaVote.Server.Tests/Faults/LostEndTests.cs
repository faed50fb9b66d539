using IdeaVote.Engine.Journal;

namespace IdeaVote.Server.Tests.Faults;

/// <summary>
/// What is missing at a file's end, or altogether, looks to SQLite like what was never there. A server must not go on without it as if nothing
/// had been acknowledged.
/// </summary>
[Collection(SampleDataUsers.Name)]
public class LostEndTests(SampleData sample)
{
    private const int Frame = 24 + 4096;

    [Theory]
    [InlineData(0)]
    [InlineData(Frame - 1)]
    public async Task A_bit_flipped_in_the_log_does_not_silently_end_it_there(int back)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data, wasKilled: true);
        using (var log = new FileStream(folder.DataFile("journal.db-wal"), FileMode.Open, FileAccess.ReadWrite))
        {
            log.Position = 32 + log.Length / 2 / Frame * Frame + back;
            var flipped = (byte)(log.ReadByte() ^ 1);
            log.Position--;
            log.WriteByte(flipped);
        }
        await ShouldRefuseAsync(folder, "The journal ends at event", "Restore the data folder from a backup");
    }

    [Fact]
    public async Task A_log_that_is_cut_short_is_noticed()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data, wasKilled: true);
        using (var log = new FileStream(folder.DataFile("journal.db-wal"), FileMode.Open, FileAccess.Write))
            log.SetLength(log.Length / 2);
        await ShouldRefuseAsync(folder, "The journal ends at event");
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("texts.db")]
    public async Task A_file_that_is_gone_is_not_made_anew(string name)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        File.Delete(folder.DataFile(name));
        await ShouldRefuseAsync(folder, folder.Data, $"has lost its {name}");
        File.Exists(folder.DataFile(name)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_journal_that_ends_in_the_middle_of_a_page_is_noticed()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        using (var journal = new FileStream(folder.DataFile("journal.db"), FileMode.Open, FileAccess.Write))
            journal.SetLength(journal.Length - 100);
        await ShouldRefuseAsync(folder, folder.DataFile("journal.db"), "is cut short");
    }

    private static async Task ShouldRefuseAsync(TempFolder folder, params string[] messages)
    {
        var refused = await Should.ThrowAsync<JournalException>(
            () => IdeaVoteServer.CreateAsync(new ServerOptions { DataFolder = folder.Data, AdminToken = ServerLaunch.TestToken }));
        refused.Message.ShouldNotContain("\n");
        foreach (var message in messages)
            refused.Message.ShouldContain(message);
    }
}
