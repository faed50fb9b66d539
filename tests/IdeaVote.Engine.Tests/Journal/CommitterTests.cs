using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Tests.Codec;

namespace IdeaVote.Engine.Tests.Journal;

/// <summary>The only writer of a partition.</summary>
public sealed class CommitterTests
{
    private const string Partition = "main";
    private static readonly CampaignId Other = new(IdOf("other campaign"));
    private readonly FaultyMemoryJournal journal = new();

    [Fact]
    public async Task What_is_staged_is_appended_once_and_in_order()
    {
        using var committer = await BeginAsync();
        foreach (var recorded in GoldenEvents.All)
            await committer.StageAsync(recorded);
        committer.Pending.ShouldBe(GoldenEvents.All.Count);
        committer.Head.ShouldBe(0);

        await committer.CommitAsync();

        journal.Appends.ShouldBe(1);
        committer.Pending.ShouldBe(0);
        committer.Head.ShouldBe(GoldenEvents.All.Count);
        journal.All(Partition).Select(record => record.Position).ShouldBe(Enumerable.Range(1, GoldenEvents.All.Count).Select(i => (long)i));
        foreach (var (record, expected) in journal.All(Partition).Zip(GoldenEvents.All))
        {
            record.Body.ShouldBe(GoldenFile.Write(expected));
            record.Campaign.ShouldBe(expected.Stream.Campaign);
        }
    }

    [Fact]
    public async Task With_nothing_staged_the_store_is_left_alone()
    {
        using var committer = await BeginAsync();

        await committer.CommitAsync();

        journal.Appends.ShouldBe(0);
    }

    [Fact]
    public async Task Each_campaign_has_a_chain_of_its_own()
    {
        using var committer = await BeginAsync();
        for (var i = 0; i < 10; i++)
        {
            await committer.StageAsync(Vote(i % 3 == 0 ? Other : TheCampaign, i));
            if (i % 4 == 3)
                await committer.CommitAsync();
        }
        await committer.CommitAsync();

        ShouldBeChained(TheCampaign, 6);
        ShouldBeChained(Other, 4);
        var first = journal.All(Partition).First(record => record.Campaign == Other);
        var expected = new byte[HashChain.HashBytes];
        HashChain.Next(HashChain.Origin.Span, first.Body, expected);
        first.Hash.ShouldBe(expected);
    }

    [Fact]
    public async Task The_chain_goes_on_over_a_restart()
    {
        using (var first = await BeginAsync())
            await CommitAsync(first, Vote(TheCampaign, 1), Vote(Other, 2), Vote(TheCampaign, 3));
        using (var second = await BeginAsync())
        {
            second.Head.ShouldBe(3);
            await CommitAsync(second, Vote(Other, 4), Vote(TheCampaign, 5));
        }

        ShouldBeChained(TheCampaign, 3);
        ShouldBeChained(Other, 2);
    }

    [Fact]
    public async Task Partitions_have_chains_and_positions_of_their_own()
    {
        using var committer = await BeginAsync();
        using var elsewhere = new Committer(journal, "elsewhere");
        await elsewhere.BeginAsync();

        await CommitAsync(committer, Vote(TheCampaign, 1));
        await CommitAsync(elsewhere, Vote(TheCampaign, 1));

        elsewhere.Head.ShouldBe(1);
        journal.All("elsewhere")[0].Hash.ShouldBe(journal.All(Partition)[0].Hash);
    }

    [Fact]
    public async Task A_writer_that_was_replaced_writes_nothing_any_more()
    {
        using var stale = await BeginAsync();
        await CommitAsync(stale, Vote(TheCampaign, 1));
        using var fresh = await BeginAsync();
        await stale.StageAsync(Vote(TheCampaign, 2));

        await Should.ThrowAsync<StaleWriterException>(() => stale.CommitAsync().AsTask());

        journal.All(Partition).Count.ShouldBe(1);
        await CommitAsync(fresh, Vote(TheCampaign, 3));
        ShouldBeChained(TheCampaign, 2);
    }

    [Fact]
    public async Task A_failed_commit_is_told_and_a_new_writer_begins_from_what_is_stored()
    {
        using (var failing = await BeginAsync())
        {
            await CommitAsync(failing, Vote(TheCampaign, 1));
            journal.NextAppendFails = new JournalException("The disk is full.");
            await failing.StageAsync(Vote(TheCampaign, 2));

            (await Should.ThrowAsync<JournalException>(() => failing.CommitAsync().AsTask())).Message.ShouldBe("The disk is full.");
            failing.Head.ShouldBe(1);
        }
        using var fresh = await BeginAsync();
        await CommitAsync(fresh, Vote(TheCampaign, 2));

        ShouldBeChained(TheCampaign, 2);
    }

    [Fact]
    public async Task Many_commits_of_large_and_small_events_leave_the_earlier_ones_as_they_were()
    {
        using var committer = await BeginAsync();
        for (var i = 0; i < 300; i++)
        {
            await committer.StageAsync(Vote(TheCampaign, i));
            await committer.StageAsync(new RecordedEvent(
                StreamId.Of(TheCampaign, Park), i + 1, T(i), new IdeaRetagged([], [.. Enumerable.Range(0, i % 60).Select(tag => Term($"{tag}"))])));
            if (i % 7 == 0)
                await committer.CommitAsync();
        }
        await committer.CommitAsync();

        ShouldBeChained(TheCampaign, 600);
        journal.All(Partition).Where((_, i) => i % 2 == 0).Select(record => EventReader.Read(record.Body).Version).ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
    }

    private static RecordedEvent Vote(CampaignId campaign, int number) =>
        new(StreamId.Of(campaign, Ann), number + 1, T(number), new ApprovalChanged(Park, false, true, null, T(number), 1));

    private static async Task CommitAsync(Committer committer, params RecordedEvent[] events)
    {
        foreach (var recorded in events)
            await committer.StageAsync(recorded);
        await committer.CommitAsync();
    }

    private async Task<Committer> BeginAsync()
    {
        var committer = new Committer(journal, Partition);
        await committer.BeginAsync();
        return committer;
    }

    private void ShouldBeChained(CampaignId campaign, int count)
    {
        var records = journal.All(Partition).Where(record => record.Campaign == campaign).ToList();
        records.Count.ShouldBe(count);
        var hash = HashChain.Origin.ToArray();
        foreach (var record in records)
        {
            HashChain.Next(hash, record.Body, hash);
            record.Hash.ShouldBe(hash);
        }
    }
}
