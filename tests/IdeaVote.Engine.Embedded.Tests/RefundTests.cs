using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Embedded.Tests.Support;
using IdeaVote.Storage.Sqlite.Projections;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class RefundTests : IDisposable
{
    private const int Investors = 1_200;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Declining_an_idea_gives_every_investment_back_page_by_page()
    {
        await using var backers = SqliteBackersIndex.Open(folder.File("backers.db"));
        await using var world = await World.OpenAsync(folder, projections: [backers]);
        await InvestAsync(world);
        await world.TakenAsync(StreamId.Of(World.Campaign, World.Idea(0)), new SetIdeaStatus(IdeaStatus.Declined, null));
        await ShouldBeRefundedAsync(world);
    }

    [Fact]
    public async Task Refunds_owed_when_the_process_ended_are_made_at_the_next_start()
    {
        // The first process has no reactor: as if it had died before the reactor came to it.
        await using (var world = await World.OpenAsync(folder))
        {
            await InvestAsync(world);
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Idea(0)), new SetIdeaStatus(IdeaStatus.Withdrawn, null));
        }
        await using var backers = SqliteBackersIndex.Open(folder.File("backers.db"));
        await using var again = await World.OpenAsync(folder, projections: [backers]);
        await ShouldBeRefundedAsync(again);
    }

    [Fact]
    public async Task An_index_that_was_lost_asks_again_and_nothing_is_paid_twice()
    {
        await using (var backers = SqliteBackersIndex.Open(folder.File("backers.db")))
        await using (var world = await World.OpenAsync(folder, projections: [backers]))
        {
            await InvestAsync(world);
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Idea(0)), new SetIdeaStatus(IdeaStatus.Declined, null));
            await ShouldBeRefundedAsync(world);
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Idea(0)), new SetIdeaStatus(IdeaStatus.Published, null));
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Voter(7)), new CastInvestment(World.Idea(0), 5));
        }
        foreach (var file in Directory.GetFiles(folder.Path, "backers.db*"))
            File.Delete(file);
        await using var fresh = SqliteBackersIndex.Open(folder.File("backers.db"));
        await using var again = await World.OpenAsync(folder, projections: [fresh]);
        (await again.Engine.WaitAsync(fresh.Name, again.Engine.Query(World.Campaign, (_, at) => at), TimeSpan.FromMinutes(1))).ShouldBeTrue();
        again.Tally(0).Invested.ShouldBe(5);
        (await again.BallotAsync(7)).SpentCredits.ShouldBe(45);
        await again.ShouldEqualRecountAsync();
    }

    private static async Task InvestAsync(World world)
    {
        await world.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, Investors).Select(async voter =>
        {
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Voter(voter)), new CastInvestment(World.Idea(0), 30));
            await world.TakenAsync(StreamId.Of(World.Campaign, World.Voter(voter)), new CastInvestment(World.Idea(1), 40));
        }));
    }

    private static async Task ShouldBeRefundedAsync(World world)
    {
        // One campaign, three ideas, two investments each, one change of status, and then one refund each.
        (await world.Engine.WaitAsync(OnePartition.At(5 + 3 * Investors), TimeSpan.FromMinutes(1))).ShouldBeTrue();
        world.Tally(0).Invested.ShouldBe(0);
        world.Tally(0).Investors.ShouldBe(0);
        world.Tally(1).Invested.ShouldBe(40 * Investors);
        (await world.BallotAsync(Investors - 1)).SpentCredits.ShouldBe(40);
        await world.ShouldEqualRecountAsync();
    }
}
