using Azure;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Access;

namespace IdeaVote.Storage.Azure.Tests.Access;

/// <summary>Rolls of more than one transaction: nobody ever sees a part of one.</summary>
public sealed class RollTests
{
    private const int Count = 1_000;

    private readonly MemoryTable memory = new();
    private readonly Some some = new(9);
    private readonly CampaignId campaign;
    private readonly RollEntry[] before;
    private readonly RollEntry[] after;

    public RollTests()
    {
        campaign = some.Campaign();
        before = [.. Enumerable.Range(0, Count).Select(_ => new RollEntry(some.Voter(), some.Term()))];
        after = [.. before.Select(entry => entry with { Segment = some.Term() }), new RollEntry(some.Voter(), null)];
    }

    private AzureAccessStore Open() => new(memory.Open(), TimeProvider.System);

    private async Task ShouldBeAsync(RollEntry[] entries)
    {
        var store = Open();
        foreach (var entry in entries.Where((_, i) => i % 50 == 0))
            (await store.FindOnRollAsync(campaign, entry.Voter)).ShouldBe(entry);
        (await store.FindOnRollAsync(campaign, after[^1].Voter)).ShouldBe(entries.Contains(after[^1]) ? after[^1] : null);
    }

    private int RowsOfImports() => memory.RowsOf($"r-{campaign}").Count(row => row.StartsWith('i'));

    /// <summary>The given one of the next transactions fails as if the process had ended there.</summary>
    private void EndAt(int which) => memory.OnTransaction = apply =>
        --which > 0 ? Task.FromResult(apply()) : throw new RequestFailedException(0, "The process ended.");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task What_ends_in_between_counts_as_a_whole_or_not_at_all(int which)
    {
        await Open().PutRollAsync(campaign, before);
        EndAt(which);
        await Should.ThrowAsync<JournalException>(() => Open().PutRollAsync(campaign, after).AsTask());
        memory.OnTransaction = null;
        await ShouldBeAsync(which == 1 ? before : after);

        // The next one, however small, completes it before it changes anything.
        var changed = after[0] with { Segment = null };
        await Open().PutRollAsync(campaign, [changed]);
        await ShouldBeAsync(which == 1 ? [changed, .. before[1..]] : [changed, .. after[1..]]);
    }

    [Fact]
    public async Task Readers_see_one_roll_or_the_other_while_it_is_put()
    {
        await Open().PutRollAsync(campaign, before);
        var transactions = 0;
        memory.OnTransaction = async apply =>
        {
            var answers = apply();
            if (++transactions == 4)
                await ShouldBeAsync(after);
            return answers;
        };
        await Open().PutRollAsync(campaign, after);
        memory.OnTransaction = null;
        transactions.ShouldBe(13);
        await ShouldBeAsync(after);
        RowsOfImports().ShouldBe(0);
    }

    [Fact]
    public async Task Many_who_put_rolls_at_once_all_come_through()
    {
        var rolls = Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, i % 2 == 0 ? 300 : 20).Select(_ => new RollEntry(some.Voter(), some.Term())).ToArray()).ToArray();
        await Task.WhenAll(rolls.Select(roll => Task.Run(() => Open().PutRollAsync(campaign, roll).AsTask())));
        foreach (var entry in rolls.SelectMany(roll => roll))
            (await Open().FindOnRollAsync(campaign, entry.Voter)).ShouldBe(entry);
        RowsOfImports().ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task An_erasure_leaves_nothing_of_a_voter_in_what_was_not_finished(int which)
    {
        EndAt(which);
        await Should.ThrowAsync<JournalException>(() => Open().PutRollAsync(campaign, after).AsTask());
        memory.OnTransaction = null;
        RowsOfImports().ShouldBe(1);
        await Open().EraseAsync(some.Person(), [(campaign, after[0].Voter)]);
        RowsOfImports().ShouldBe(0);
        (await Open().FindOnRollAsync(campaign, after[0].Voter)).ShouldBeNull();
        (await Open().FindOnRollAsync(campaign, after[1].Voter)).ShouldBe(which == 1 ? null : after[1]);
    }

    [Fact]
    public async Task An_erasure_beside_an_import_does_not_lose_the_import()
    {
        memory.OnTransaction = async apply =>
        {
            memory.OnTransaction = null;
            await Open().EraseAsync(some.Person(), [(campaign, some.Voter())]);
            return apply();
        };
        await Open().PutRollAsync(campaign, after);
        await ShouldBeAsync(after);
        RowsOfImports().ShouldBe(0);
    }
}
