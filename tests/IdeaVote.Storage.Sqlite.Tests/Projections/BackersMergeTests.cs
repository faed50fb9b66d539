using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>Whose votes must still follow a merge of ideas or its undoing, as the index on disk knows it.</summary>
public sealed class BackersMergeTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();
    private readonly Feed feed;
    private readonly IdeaId idea;
    private readonly IdeaId other;
    private SqliteBackersIndex index = null!;
    private long position;

    public BackersMergeTests()
    {
        feed = new Feed(some.Campaign());
        (idea, other) = (some.Idea(), some.Idea());
    }

    public Task InitializeAsync()
    {
        index = SqliteBackersIndex.Open(folder.File("backers.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await index.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Whoever_speaks_of_a_merged_idea_must_follow_page_by_page_in_the_order_of_their_ids()
    {
        VoterId[] voters = [.. Enumerable.Range(0, 5).Select(_ => some.Voter()).Order()];
        var pair = Pair.Of(idea, other);
        await FoldAsync(
            feed.Approved(voters[4], idea, false, true), feed.Rated(voters[1], idea, 0, 3), feed.Ranked(voters[2], [], [other, idea]),
            feed.Duelled(voters[3], pair, Winner.None, pair.One == idea ? Winner.Other : Winner.One), feed.Invested(voters[0], idea, 0, 5),
            feed.Approved(some.Voter(), other, false, true), feed.Merged(idea, other));

        var owed = (await index.NextMergeAsync())!;
        owed.ShouldBe(new OwedMerge(feed.Campaign, idea, new Placement(other, 1), null));
        (await index.FollowersAsync(owed, null, 2)).ShouldBe(voters[..2]);
        (await index.FollowersAsync(owed, voters[1], 2)).ShouldBe(voters[2..4]);
        (await index.FollowersAsync(owed, voters[3], 2)).ShouldBe(voters[4..]);
        (await index.FollowersAsync(owed, voters[4], 2)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_follows_already_is_asked_again_only_when_it_is_undone()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Approved(voter, idea, false, true), feed.Merged(idea, other));
        await FoldAsync(feed.Followed(voter, idea, other, 1), feed.Approved(voter, idea, true, false), feed.Approved(voter, other, false, true));
        (await index.FollowersAsync((await index.NextMergeAsync())!, null, 10)).ShouldBeEmpty();

        await FoldAsync(feed.Status(idea, IdeaStatus.Merged, IdeaStatus.Published));
        var undone = (await index.NextMergeAsync())!;
        undone.Placement.ShouldBe(new Placement(null, 2));
        (await index.FollowersAsync(undone, null, 10)).ShouldBe([voter]);
        await FoldAsync(feed.Left(voter, idea, other, 2));
        (await index.FollowersAsync(undone, null, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_it_stopped_it_goes_on_after_a_restart_and_what_is_older_changes_nothing()
    {
        var (voter, third) = (some.Voter(), some.Idea());
        await FoldAsync(feed.Merged(idea, other), feed.Merged(third, other));
        var owed = (await index.NextMergeAsync())!;
        await index.AdvanceAsync(owed, voter);
        await index.AdvanceAsync(owed, new VoterId(default));
        await ReopenAsync();
        (await index.NextMergeAsync()).ShouldBe(owed with { After = voter });

        // Undone meanwhile: it begins anew, behind the others, and the steps of the first are void.
        await FoldAsync(feed.Status(idea, IdeaStatus.Merged, IdeaStatus.Published));
        await index.AdvanceAsync(owed, voter);
        await index.AdvanceAsync(owed, null);
        var second = (await index.NextMergeAsync())!;
        second.Idea.ShouldBe(third);
        await index.AdvanceAsync(second, null);
        var undone = (await index.NextMergeAsync())!;
        undone.ShouldBe(new OwedMerge(feed.Campaign, idea, new Placement(null, 2), null));
        await index.AdvanceAsync(undone, null);
        (await index.NextMergeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_straggler_is_told_how_things_stand_now_and_a_later_finding_is_not_taken_for_told()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Merged(idea, other), feed.Approved(voter, idea, false, true));
        var found = (await index.StragglersAsync(10)).ShouldHaveSingleItem();
        (found.Campaign, found.Voter, found.Idea, found.Placement).ShouldBe((feed.Campaign, voter, idea, new Placement(other, 1)));
        await ReopenAsync();
        (await index.StragglersAsync(10)).ShouldBe([found]);

        await FoldAsync(feed.Rated(voter, idea, 0, 4));
        await index.FinishAsync([found]);
        var again = (await index.StragglersAsync(10)).ShouldHaveSingleItem();
        again.Number.ShouldBeGreaterThan(found.Number);
        await FoldAsync(feed.Status(idea, IdeaStatus.Merged, IdeaStatus.Published));
        (await index.StragglersAsync(10)).ShouldBe([again with { Placement = new Placement(null, 2) }]);
        await index.FinishAsync([again]);
        (await index.StragglersAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_leaves_an_idea_that_is_part_of_another_must_follow_that()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Merged(idea, other), feed.Merged(other, idea), feed.Left(voter, idea, other, 2));
        (await index.StragglersAsync(10)).ShouldHaveSingleItem().Idea.ShouldBe(other);
    }

    [Fact]
    public async Task A_page_of_followers_is_found_by_keys()
    {
        await FoldAsync(feed.Approved(some.Voter(), idea, false, true), feed.Merged(idea, other));
        await ReopenAsync();
        using var file = new SqliteConnection($"Data Source={folder.File("backers.db")};Pooling=False;Mode=ReadOnly");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + MergeTables.Followers.Replace("?", "$p", StringComparison.Ordinal);
        for (var i = 1; i <= 5; i++)
            command.Parameters.AddWithValue($"$p{i}", i is 1 or 2 or 4 ? new byte[12] : (object)500L);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
            plan.Add(rows.GetString(3));

        // The three pages themselves are gone through; the tables behind them are not.
        foreach (var table in new[] { "backer", "win", "following", "idea" })
            plan.ShouldNotContain(step => step.StartsWith($"SCAN {table}", StringComparison.Ordinal), string.Join('\n', plan));
        plan.Count(step => step.StartsWith("SEARCH backer ", StringComparison.Ordinal)).ShouldBe(1);
        plan.Count(step => step.StartsWith("SEARCH win ", StringComparison.Ordinal)).ShouldBe(1);
        plan.Count(step => step.StartsWith("SEARCH following ", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task FoldAsync(params RecordedEvent[] events) => await index.ApplyAsync(events, OnePartition.At(position += events.Length));

    private async Task ReopenAsync()
    {
        await index.DisposeAsync();
        index = SqliteBackersIndex.Open(folder.File("backers.db"));
    }
}
