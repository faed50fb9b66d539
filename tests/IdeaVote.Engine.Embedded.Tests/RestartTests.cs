using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Embedded.Tests.Support;
using IdeaVote.Engine.Journal;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class RestartTests : IDisposable
{
    private const int Voters = 400;

    // So small that most voters leave memory between their votes.
    private static readonly EmbeddedOptions Cramped = new() { CacheWeight = 500, DirtyWeight = 300, RestartEvents = 200, BoardSnapshotEvents = 150 };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Voters_leave_memory_and_come_back_with_their_ballots()
    {
        await using var world = await World.OpenAsync(folder, Cramped);
        await world.CreateAsync();
        await VoteAsync(world);
        await ShouldHoldAllVotesAsync(world);
    }

    [Fact]
    public async Task A_start_after_a_stop_finds_everything()
    {
        await using (var world = await World.OpenAsync(folder, Cramped))
        {
            await world.CreateAsync();
            await VoteAsync(world);
        }
        await using var again = await World.OpenAsync(folder, Cramped);
        await ShouldHoldAllVotesAsync(again);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_after_a_kill_finds_everything(bool cramped)
    {
        using var killed = new TestFolder();
        await using (var world = await World.OpenAsync(folder, cramped ? Cramped : null))
        {
            await world.CreateAsync();
            await VoteAsync(world);
            // What a process that ends now leaves behind: no last snapshots.
            foreach (var file in Directory.GetFiles(folder.Path))
                File.Copy(file, killed.File(Path.GetFileName(file)));
        }
        await using var again = await World.OpenAsync(killed, Cramped);
        await ShouldHoldAllVotesAsync(again);
        await again.RateAsync(0, 2, 5);
        await again.ShouldEqualRecountAsync();
    }

    [Theory]
    [InlineData("DELETE FROM checkpoint")]
    [InlineData("UPDATE checkpoint SET format = 999")]
    [InlineData("UPDATE snapshot SET state = zeroblob(length(state))")]
    [InlineData("UPDATE snapshot SET state = x'00'")]
    [InlineData("UPDATE board SET state = zeroblob(length(state))")]
    [InlineData("DELETE FROM checkpoint; DELETE FROM snapshot; DELETE FROM board")]
    public async Task Snapshots_that_are_lost_or_damaged_cost_time_and_no_vote(string damage)
    {
        await using (var world = await World.OpenAsync(folder, Cramped))
        {
            await world.CreateAsync();
            await VoteAsync(world, voters: 40);
        }
        Damage(damage);
        await using var again = await World.OpenAsync(folder, Cramped);
        await ShouldHoldAllVotesAsync(again, voters: 40);
        await again.RateAsync(0, 2, 5);
        await again.ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task A_changed_event_stops_the_start_and_is_named()
    {
        using var killed = new TestFolder();
        await using (var world = await World.OpenAsync(folder))
        {
            await world.CreateAsync();
            await world.RateAsync(1, 0, 4);
            foreach (var file in Directory.GetFiles(folder.Path))
                File.Copy(file, killed.File(Path.GetFileName(file)));
        }
        Damage("UPDATE journal SET body = replace(body, '\"new\":[4]', '\"new\":[5]') WHERE position = 5", killed);
        var failure = await Should.ThrowAsync<JournalException>(() => World.OpenAsync(killed));
        failure.Message.ShouldContain("Event 5");
    }

    [Fact]
    public async Task A_missing_event_stops_the_start_and_is_named()
    {
        using var killed = new TestFolder();
        await using (var world = await World.OpenAsync(folder))
        {
            await world.CreateAsync();
            await world.RateAsync(1, 0, 4);
            await world.RateAsync(2, 0, 4);
            foreach (var file in Directory.GetFiles(folder.Path))
                File.Copy(file, killed.File(Path.GetFileName(file)));
        }
        Damage("DELETE FROM journal WHERE position = 5", killed);
        var failure = await Should.ThrowAsync<JournalException>(() => World.OpenAsync(killed));
        failure.Message.ShouldContain('5');
    }

    private static async Task VoteAsync(World world, int voters = Voters)
    {
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, voters).Select(voter => world.RateAsync(voter, voter % 3, 1 + (voter + round) % 5)));
            await Task.WhenAll(Enumerable.Range(0, voters).Select(async voter =>
                (await world.SendAsync(voter, new CastInvestment(World.Idea((voter + round) % 3), 10 * round))).Kind.ShouldBe(ReplyKind.Accepted)));
        }
    }

    private static async Task ShouldHoldAllVotesAsync(World world, int voters = Voters)
    {
        for (var voter = 0; voter < voters; voter++)
        {
            var ballot = await world.BallotAsync(voter);
            ballot.Ratings[World.Idea(voter % 3)].Scores.ShouldBe(Scores.Of(1 + (voter + 3) % 5));
            ballot.SpentCredits.ShouldBe(60);
            ballot.Held.ShouldBe(4);
        }
        await world.ShouldEqualRecountAsync();
    }

    private void Damage(string sql, TestFolder? where = null)
    {
        using var connection = new SqliteConnection($"Data Source={(where ?? folder).File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("replace(body,", "CAST(replace(CAST(body AS TEXT),", StringComparison.Ordinal).Replace("'\"new\":[5]')", "'\"new\":[5]') AS BLOB)", StringComparison.Ordinal);
        command.ExecuteNonQuery();
    }
}
