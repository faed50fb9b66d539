using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Tests.Partitions;

/// <summary>A process's own copy of a board.</summary>
public sealed class CampaignFollowerTests
{
    private readonly FaultyMemoryJournal journal = new();
    private readonly ManualTime time = new();

    [Fact]
    public async Task It_folds_all_partitions_however_they_are_read()
    {
        await AppendAsync(0, Created(), Submitted(Park));
        await AppendAsync(2, Approved(Ann, Park));
        var follower = Follower(3);

        await follower.RefreshAsync();
        await AppendAsync(0, Submitted(Bench));
        await AppendAsync(1, Approved(Bob, Bench));
        await follower.RefreshAsync();

        follower.Read((board, at) => (board.Find(Park)!.Approvals, board.Find(Bench)!.Approvals, board.Voters, At(at)))
            .ShouldBe((1, 1, 2, "3 1 1"));

        static string At(Position at) => string.Join(' ', Enumerable.Range(0, 3).Select(number => at.In(PartitionMap.Name(TheCampaign, number))));
    }

    [Fact]
    public async Task It_is_fresh_for_the_length_of_a_lease()
    {
        await AppendAsync(0, Created());
        var follower = Follower(1);
        (follower.IsLoaded, follower.IsFresh).ShouldBe((false, false));

        await follower.RefreshAsync();
        follower.IsFresh.ShouldBeTrue();
        time.Advance(CampaignFollower.Lease);
        follower.IsFresh.ShouldBeTrue();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (follower.IsLoaded, follower.IsFresh).ShouldBe((true, false));

        await follower.RefreshAsync();
        follower.IsFresh.ShouldBeTrue();
    }

    [Fact]
    public async Task A_journal_that_can_not_be_read_makes_nothing_fresh()
    {
        var follower = Follower(1);
        journal.NextReadFails = new JournalException("The network is gone.");

        await Should.ThrowAsync<JournalException>(async () => await follower.RefreshAsync());

        follower.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task A_turn_that_asks_for_what_is_not_there_yet_is_told_so()
    {
        await AppendAsync(0, Created(), Submitted(Park));
        var follower = Follower(1);
        var before = new LeasedContext(follower, T(1));
        _ = before.Campaign;
        before.Missed.ShouldBeTrue();

        await follower.RefreshAsync();
        var context = new LeasedContext(follower, T(1));
        (context.Campaign.Exists, context.StatusOf(Park), context.Missed).ShouldBe((true, IdeaStatus.Published, false));
        context.StatusOf(Bench).ShouldBeNull();
        context.Missed.ShouldBeTrue();
    }

    [Fact]
    public void Campaign_and_ideas_lie_in_the_first_partition_and_voters_in_all()
    {
        PartitionMap.NumberOf(StreamId.Of(TheCampaign), 7).ShouldBe(0);
        PartitionMap.NumberOf(StreamId.Of(TheCampaign, Park), 7).ShouldBe(0);
        Enumerable.Range(0, 200).Select(person => PartitionMap.NumberOf(Crowd.Of(Crowd.Person(person)), 7)).Distinct().Order().ShouldBe([0, 1, 2, 3, 4, 5, 6]);
    }

    private CampaignFollower Follower(int partitions) => new(new CampaignFeed(journal, TheCampaign, partitions, time), time);

    private async Task AppendAsync(int number, params RecordedEvent[] events)
    {
        using var committer = new Committer(journal, PartitionMap.Name(TheCampaign, number));
        await committer.BeginAsync();
        foreach (var recorded in events)
            await committer.StageAsync(recorded);
        await committer.CommitAsync();
    }

    private static RecordedEvent Created() =>
        new(StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, Plain, [Open]));

    private static RecordedEvent Submitted(IdeaId idea) =>
        new(StreamId.Of(TheCampaign, idea), 1, T(0), new IdeaSubmitted(Doc("idea"), [], null, [], IdeaStatus.Published));

    private static RecordedEvent Approved(VoterId voter, IdeaId idea) =>
        new(Crowd.Of(voter), 1, T(1), new ApprovalChanged(idea, false, true, null, T(1), 1));
}
