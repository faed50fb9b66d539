using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

public sealed class BackersIndexTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();
    private readonly Feed feed;
    private readonly IdeaId idea;
    private SqliteBackersIndex index = null!;
    private long position;

    public BackersIndexTests()
    {
        feed = new Feed(some.Campaign());
        idea = some.Idea();
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

    private async Task FoldAsync(params RecordedEvent[] events) => await index.ApplyAsync(events, OnePartition.At(position += events.Length));

    private ValueTask<IReadOnlyList<Backer>> InvestorsAsync(VoterId? after = null, int max = 100) =>
        index.InvestorsAsync(feed.Campaign, idea, after, max);

    private VoterId[] Voters(int count) => [.. Enumerable.Range(0, count).Select(_ => some.Voter()).Order()];

    [Fact]
    public async Task A_voter_counts_once_whatever_the_methods_and_until_the_last_vote_goes()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Approved(voter, idea, false, true), feed.Rated(voter, idea, 0, 4), feed.Invested(voter, idea, 0, 9));
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(1);
        await FoldAsync(feed.Approved(voter, idea, true, false), feed.Rated(voter, idea, 4, 2));
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(1);
        await FoldAsync(feed.Rated(voter, idea, 2, 0));
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(1);
        await FoldAsync(feed.Invested(voter, idea, 9, 0));
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(0);
        (await index.CountAsync(feed.Campaign, some.Idea())).ShouldBe(0);
        (await index.CountAsync(some.Campaign(), idea)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_ranks_an_idea_backs_it()
    {
        var (voter, other) = (some.Voter(), some.Idea());
        await FoldAsync(feed.Ranked(voter, [], [other, idea]));
        (await CountsAsync(idea, other)).ShouldBe([1, 1]);
        await FoldAsync(feed.Ranked(voter, [other, idea], [idea]));
        (await CountsAsync(idea, other)).ShouldBe([1, 0]);
        await FoldAsync(feed.Approved(voter, other, false, true), feed.Ranked(voter, [idea], [other]));
        (await CountsAsync(idea, other)).ShouldBe([0, 1]);
        await FoldAsync(feed.Ranked(voter, [other], []));
        (await CountsAsync(idea, other)).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Who_prefers_an_idea_in_any_duel_backs_it()
    {
        var (voter, other, third) = (some.Voter(), some.Idea(), some.Idea());
        var (one, two) = (Pair.Of(idea, other), Pair.Of(idea, third));
        await FoldAsync(feed.Duelled(voter, one, Winner.None, WinnerOf(one, idea)), feed.Duelled(voter, two, Winner.None, WinnerOf(two, idea)));
        (await CountsAsync(idea, other, third)).ShouldBe([1, 0, 0]);
        // Of two duels won one is lost after all, and then the other is taken back.
        await FoldAsync(feed.Duelled(voter, one, WinnerOf(one, idea), WinnerOf(one, other)));
        (await CountsAsync(idea, other, third)).ShouldBe([1, 1, 0]);
        await FoldAsync(feed.Duelled(voter, two, WinnerOf(two, idea), Winner.None));
        (await CountsAsync(idea, other, third)).ShouldBe([0, 1, 0]);

        static Winner WinnerOf(Pair pair, IdeaId winner) => pair.One == winner ? Winner.One : Winner.Other;
    }

    [Fact]
    public async Task Orders_and_duels_are_owed_no_refund()
    {
        var (voter, other) = (some.Voter(), some.Idea());
        await FoldAsync(
            feed.Ranked(voter, [], [idea]), feed.Duelled(voter, Pair.Of(idea, other), Winner.None, Winner.One),
            feed.Duelled(some.Voter(), Pair.Of(idea, other), Winner.None, Winner.Other), feed.Status(idea, IdeaStatus.Published, IdeaStatus.Declined),
            feed.Ranked(some.Voter(), [], [idea]));
        (await InvestorsAsync()).ShouldBeEmpty();
        (await index.LateRefundsAsync(10)).ShouldBeEmpty();
    }

    private async Task<long[]> CountsAsync(params IdeaId[] ideas)
    {
        var counts = new List<long>();
        foreach (var each in ideas)
            counts.Add(await index.CountAsync(feed.Campaign, each));
        return [.. counts];
    }

    [Fact]
    public async Task Investors_come_in_the_order_of_their_ids_page_by_page()
    {
        var voters = Voters(5);
        await FoldAsync([.. voters.Reverse().Select(voter => feed.Invested(voter, idea, 0, 1))]);
        await FoldAsync(feed.Approved(some.Voter(), idea, false, true), feed.Invested(voters[0], some.Idea(), 0, 1));
        (await InvestorsAsync(max: 2)).Select(b => b.Voter).ShouldBe(voters[..2]);
        (await InvestorsAsync(voters[1], 2)).Select(b => b.Voter).ShouldBe(voters[2..4]);
        (await InvestorsAsync(voters[3], 2)).Select(b => b.Voter).ShouldBe(voters[4..]);
        (await InvestorsAsync(voters[4], 2)).ShouldBeEmpty();
        (await InvestorsAsync(max: 0)).ShouldBeEmpty();
        (await index.InvestorsAsync(some.Campaign(), idea, null, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_investment_bears_the_version_at_which_it_got_its_present_value()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Approved(voter, idea, false, true), feed.Invested(voter, idea, 0, 5));
        (await InvestorsAsync()).ShouldBe([new Backer(voter, 2)]);
        await FoldAsync(feed.Rated(voter, idea, 0, 5), feed.Approved(voter, idea, true, false));
        (await InvestorsAsync()).ShouldBe([new Backer(voter, 2)]);
        await FoldAsync(feed.Invested(voter, idea, 5, 6));
        (await InvestorsAsync()).ShouldBe([new Backer(voter, 5)]);
        await FoldAsync(feed.Invested(voter, idea, 6, 0));
        (await InvestorsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_idea_is_owed_its_refund_until_that_is_finished()
    {
        (await index.NextRefundAsync()).ShouldBeNull();
        var (voter, other) = (some.Voter(), some.Idea());
        await FoldAsync(
            feed.Invested(voter, idea, 0, 5), feed.Status(idea, IdeaStatus.Published, IdeaStatus.Declined),
            feed.Status(other, IdeaStatus.Published, IdeaStatus.Withdrawn));
        var owed = new OwedRefund(feed.Campaign, idea, 1, null);
        (await index.NextRefundAsync()).ShouldBe(owed);
        await index.AdvanceAsync(owed, voter);
        (await index.NextRefundAsync()).ShouldBe(owed with { After = voter });
        // One step repeated late does not go back.
        await index.AdvanceAsync(owed, new VoterId(default));
        (await index.NextRefundAsync()).ShouldBe(owed with { After = voter });
        await ReopenAsync();
        (await index.NextRefundAsync()).ShouldBe(owed with { After = voter });
        await index.AdvanceAsync(owed, null);
        (await index.NextRefundAsync()).ShouldBe(new OwedRefund(feed.Campaign, other, 1, null));
    }

    private async Task ReopenAsync()
    {
        await index.DisposeAsync();
        index = SqliteBackersIndex.Open(folder.File("backers.db"));
    }

    [Fact]
    public async Task From_withdrawn_to_declined_nothing_new_is_owed()
    {
        await FoldAsync(feed.Status(idea, IdeaStatus.Published, IdeaStatus.Withdrawn));
        var owed = (await index.NextRefundAsync())!;
        await index.AdvanceAsync(owed, null);
        await FoldAsync(feed.Status(idea, IdeaStatus.Withdrawn, IdeaStatus.Declined));
        (await index.NextRefundAsync()).ShouldBeNull();
        await FoldAsync(feed.Invested(some.Voter(), idea, 0, 1));
        (await index.LateRefundsAsync(10)).Single().Cause.ShouldBe(owed.Cause);
    }

    [Fact]
    public async Task An_idea_opened_again_is_owed_nothing_and_closed_again_it_is_owed_anew()
    {
        var voter = some.Voter();
        await FoldAsync(feed.Status(idea, IdeaStatus.Published, IdeaStatus.Declined), feed.Invested(voter, idea, 0, 1));
        var first = (await index.NextRefundAsync())!;
        (await index.LateRefundsAsync(10)).ShouldBe([new LateRefund(feed.Campaign, voter, idea, 1, 1)]);
        await FoldAsync(feed.Status(idea, IdeaStatus.Declined, IdeaStatus.Published), feed.Invested(voter, idea, 1, 2));
        (await index.NextRefundAsync()).ShouldBeNull();
        (await index.LateRefundsAsync(10)).ShouldBeEmpty();
        await FoldAsync(feed.Status(idea, IdeaStatus.Published, IdeaStatus.Declined));
        // What belongs to the first closing does not touch the second.
        await index.AdvanceAsync(first, voter);
        await index.AdvanceAsync(first, null);
        (await index.NextRefundAsync()).ShouldBe(new OwedRefund(feed.Campaign, idea, 3, null));
    }

    [Fact]
    public async Task Late_investments_are_listed_oldest_first_until_finished()
    {
        var voters = Voters(3);
        await FoldAsync(feed.Invested(voters[0], idea, 0, 1), feed.Status(idea, IdeaStatus.Published, IdeaStatus.Withdrawn));
        await FoldAsync(feed.Invested(voters[2], idea, 0, 1), feed.Invested(voters[1], idea, 0, 1), feed.Invested(voters[0], idea, 1, 2));
        LateRefund[] late =
        [
            new(feed.Campaign, voters[2], idea, 1, 1), new(feed.Campaign, voters[1], idea, 1, 1), new(feed.Campaign, voters[0], idea, 2, 1),
        ];
        (await index.LateRefundsAsync(10)).ShouldBe(late);
        // The idea's own, and the three.
        (await index.CountDebtsAsync()).ShouldBe(new Debts(4, 0));
        (await index.LateRefundsAsync(2)).ShouldBe(late[..2]);
        await ReopenAsync();
        (await index.LateRefundsAsync(10)).ShouldBe(late);
        await index.FinishAsync([late[0], late[2] with { Version = 1 }]);
        (await index.LateRefundsAsync(10)).ShouldBe(late[1..]);
        // Given back, or changed once more: what was owed for it before is void.
        await FoldAsync(feed.Invested(voters[1], idea, 1, 0, cause: 1), feed.Invested(voters[0], idea, 2, 3));
        (await index.LateRefundsAsync(10)).ShouldBe([late[2] with { Version = 3 }]);
        await index.FinishAsync(Array.Empty<LateRefund>());
        (await index.LateRefundsAsync(10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_restart_a_closed_idea_is_still_closed()
    {
        await FoldAsync(feed.Status(idea, IdeaStatus.Published, IdeaStatus.Withdrawn));
        await ReopenAsync();
        await FoldAsync(feed.Invested(some.Voter(), idea, 0, 1));
        (await index.LateRefundsAsync(10)).Count.ShouldBe(1);
        await FoldAsync(feed.Status(idea, IdeaStatus.Withdrawn, IdeaStatus.Published));
        await ReopenAsync();
        await FoldAsync(feed.Invested(some.Voter(), idea, 0, 1));
        (await index.LateRefundsAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_written_when_the_process_dies_takes_its_position_along()
    {
        await FoldAsync(feed.Approved(some.Voter(), idea, false, true));
        (await index.LoadPositionAsync()).Offset().ShouldBe(1);
        await FoldAsync(feed.Approved(some.Voter(), idea, false, true));
        using var left = folder.CopyAsIfCrashed();
        await using var restarted = SqliteBackersIndex.Open(left.File("backers.db"));
        (await restarted.LoadPositionAsync()).Offset().ShouldBe(1);
        (await restarted.CountAsync(feed.Campaign, idea)).ShouldBe(1);
        (await index.LoadPositionAsync()).Offset().ShouldBe(2);
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(2);
    }

    [Theory]
    [InlineData(270_000, true)]
    [InlineData(1_050_000, false)]
    public async Task Much_is_written_before_anybody_asks(int events, bool changesSomething)
    {
        var voters = Voters(1_000);
        var before = index.Database.Commits;
        var many = new RecordedEvent[events];
        for (var i = 0; i < events; i++)
            many[i] = changesSomething ? feed.Approved(voters[i % 1_000], idea, i / 1_000 % 2 == 1, i / 1_000 % 2 == 0) : feed.Rated(voters[i % 1_000], idea, 3, 4);
        await FoldAsync(many[..1_000]);
        index.Database.Commits.ShouldBe(before);
        await FoldAsync(many[1_000..]);
        index.Database.Commits.ShouldBe(before + 1);
        using var left = folder.CopyAsIfCrashed();
        await using var restarted = SqliteBackersIndex.Open(left.File("backers.db"));
        (await restarted.LoadPositionAsync()).Offset().ShouldBe(events);
        // 270 turns of giving and taking back end with taking back.
        (await restarted.CountAsync(feed.Campaign, idea)).ShouldBe(0);
    }

    [Fact]
    public async Task Folding_the_same_events_once_more_after_a_failure_changes_nothing()
    {
        var (voter, other) = (some.Voter(), some.Voter());
        RecordedEvent[] events =
        [
            feed.Invested(voter, idea, 0, 1), feed.Status(idea, IdeaStatus.Published, IdeaStatus.Declined),
            feed.Invested(other, idea, 0, 1), feed.Invested(voter, idea, 1, 0), feed.Invested(voter, idea, 0, 2),
        ];
        await index.ApplyAsync(events, OnePartition.At(5));
        await index.ApplyAsync(events, OnePartition.At(5));
        (await InvestorsAsync()).ShouldBe([new Backer(voter, 3), new Backer(other, 1)], ignoreOrder: true);
        (await index.CountAsync(feed.Campaign, idea)).ShouldBe(2);
        (await index.NextRefundAsync()).ShouldBe(new OwedRefund(feed.Campaign, idea, 1, null));
        (await index.LateRefundsAsync(10)).ShouldBe([new LateRefund(feed.Campaign, other, idea, 1, 1), new LateRefund(feed.Campaign, voter, idea, 3, 1)]);
    }
}
