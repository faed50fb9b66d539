using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Journal;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>
/// What happens to votes when power fails, which the death of a process does not show: the page cache outlives it. That the
/// same test loses votes as soon as commits are not synced shows that it would notice.
/// </summary>
public class EngineTests
{
    // The product does not offer it; SQLite's number for "never sync" does.
    private const SqliteSynchronous Off = (SqliteSynchronous)0;
    private const int Losses = 4;

    [Fact]
    public void A_journal_reads_back_write_ahead_log_and_full_sync_from_its_writing_connection()
    {
        using var folder = new TempFolder();
        using var journal = new SqliteJournal(folder.File("journal.db"));
        journal.ReadBackSetting("journal_mode").ShouldBe("wal");
        journal.ReadBackSetting("synchronous").ShouldBe("2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task No_acknowledged_vote_is_lost_when_what_was_not_synced_is(int seed) =>
        (await LosePowerAsync(seed, SqliteSynchronous.Full, isLucky: false)).ShouldBeEmpty();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task No_acknowledged_vote_is_lost_when_parts_of_what_was_not_synced_are(int seed) =>
        (await LosePowerAsync(seed, SqliteSynchronous.Full, isLucky: true)).ShouldBeEmpty();

    [Fact]
    public async Task Acknowledged_votes_are_lost_without_a_sync_per_commit() =>
        (await LosePowerAsync(21, Off, isLucky: false)).ShouldNotBeEmpty();

    [Fact]
    public async Task A_journal_whose_making_was_cut_short_is_made_again()
    {
        for (var operations = 1; operations <= 24; operations++)
        {
            using var folder = new TempFolder();
            var disk = new FragileDisk(folder.File("0"));
            using (FragileFiles.Watch(disk))
            {
                disk.FailAfter(operations);
                await (await PoweredEngine.OpenAsync(disk.Folder, SqliteSynchronous.Full)).DisposeAsync();
            }
            disk.SaveTo(folder.File("1"), luck: null);
            await using var survivor = await PoweredEngine.OpenAsync(folder.File("1"), SqliteSynchronous.Full);
            await EngineRecount.CheckAsync(survivor.Engine);
        }
    }

    /// <summary>Has voters vote on one engine after the other, each on what the failure of the one before left.</summary>
    /// <returns>What was acknowledged and is not there any more.</returns>
    private static async Task<List<string>> LosePowerAsync(int seed, SqliteSynchronous synchronous, bool isLucky)
    {
        using var folder = new TempFolder();
        var random = new Random(seed);
        var voters = new Investors();
        var wrong = new List<string>();
        for (var loss = 0; loss < Losses; loss++)
        {
            var disk = new FragileDisk(folder.File($"{loss}"));
            using (FragileFiles.Watch(disk))
            {
                await using var engine = await PoweredEngine.OpenAsync(disk.Folder, synchronous);
                wrong.AddRange(await voters.FindWrongAsync(engine.Engine));
                await EngineRecount.CheckAsync(engine.Engine);
                disk.FailAfter(random.Next(100, 2_000));
                await voters.VoteAsync(engine.Engine, disk);
            }
            disk.SaveTo(folder.File($"{loss + 1}"), isLucky ? random : null);
        }
        voters.Acknowledged.ShouldBeGreaterThan(Losses * 10);
        await using var survivor = await PoweredEngine.OpenAsync(folder.File($"{Losses}"), synchronous);
        wrong.AddRange(await voters.FindWrongAsync(survivor.Engine));
        await EngineRecount.CheckAsync(survivor.Engine);
        return wrong;
    }
}
