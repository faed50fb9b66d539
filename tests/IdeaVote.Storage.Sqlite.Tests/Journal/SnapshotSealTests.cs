using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Journal;

namespace IdeaVote.Storage.Sqlite.Tests.Journal;

/// <summary>Snapshots that are not what was saved, be it by a single bit of a key, are forgotten: everything is folded again.</summary>
public sealed class SnapshotSealTests : IDisposable
{
    private static readonly CampaignId Campaign = new(IdOf(1));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("UPDATE snapshot SET stream = x'000000000000000000000000000000000000000000000000000000' WHERE version = 2")]
    [InlineData("UPDATE snapshot SET stream = CAST(stream AS TEXT) WHERE version = 2")]
    [InlineData("UPDATE snapshot SET version = 7 WHERE version = 2")]
    [InlineData("UPDATE snapshot SET state = x'00' WHERE version = 2")]
    [InlineData("DELETE FROM snapshot WHERE version = 2")]
    [InlineData("UPDATE board SET campaign = x'00000000000000000000000000'")]
    [InlineData("UPDATE board SET campaign = CAST(campaign AS TEXT)")]
    [InlineData("UPDATE board SET position = 3")]
    [InlineData("UPDATE checkpoint SET position = 6")]
    [InlineData("UPDATE checkpoint SET position = 'none'")]
    [InlineData("UPDATE checkpoint SET format = 1.5")]
    [InlineData("DROP TABLE checkpoint; CREATE TABLE checkpoint (id INTEGER PRIMARY KEY, position INTEGER, format INTEGER); INSERT INTO checkpoint VALUES (1, NULL, 1)")]
    [InlineData("DELETE FROM checkpoint")]
    [InlineData("DELETE FROM seal")]
    public async Task What_was_changed_is_noticed_and_all_is_forgotten(string damage)
    {
        await SaveAsync();
        Run(damage);
        using var journal = new SqliteJournal(folder.File("journal.db"));
        (await journal.Snapshots.LoadCheckpointAsync()).ShouldBeNull();
        (await journal.Snapshots.LoadBoardsAsync()).ShouldBeEmpty();
        (await journal.Snapshots.LoadAsync(StreamOf(1))).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_saved_again_and_again_is_whole()
    {
        await SaveAsync();
        await SaveAsync();
        using var journal = new SqliteJournal(folder.File("journal.db"));
        (await journal.Snapshots.LoadCheckpointAsync()).ShouldBe(new Checkpoint(5, AggregateSnapshots.Format));
        (await journal.Snapshots.LoadAsync(StreamOf(2)))!.Version.ShouldBe(2);
    }

    private static Id IdOf(byte number) => Id.FromBytes([.. Enumerable.Repeat(number, 16)]);

    private static StreamId StreamOf(byte number) => StreamId.Of(Campaign, new VoterId(IdOf(number)));

    private async Task SaveAsync()
    {
        using var journal = new SqliteJournal(folder.File("journal.db"));
        Snapshot[] voters = [.. new byte[] { 1, 2, 3 }.Select(n => new Snapshot(StreamOf(n), n, new byte[] { n, n }))];
        await journal.Snapshots.SaveAsync(voters, [new BoardSnapshot(Campaign, 5, new byte[] { 9 })], new Checkpoint(5, AggregateSnapshots.Format));
    }

    private void Run(string sql)
    {
        using var session = new SqliteSession(SqliteFile.Open(folder.File("journal.db"), new SqliteFileOptions()));
        session.RunOnce(sql);
    }
}
