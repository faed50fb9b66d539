using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Engine;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;
using IdeaVote.Storage.Sqlite.Texts;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>A lost index is folded again, and the refunds it then asks for a second time change nothing.</summary>
public sealed class BackersRebuildTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("backers.db")]
    [InlineData("search.db")]
    public async Task An_index_in_an_older_format_gives_way_to_an_empty_one(string name)
    {
        var path = folder.File(name);
        await OpenAsync(path, position => position.Offset().ShouldBe(0), move: true);
        using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1; CREATE TABLE left_over (a); INSERT INTO left_over VALUES (1)";
            command.ExecuteNonQuery();
        }
        await OpenAsync(path, position => position.Offset().ShouldBe(0), move: true);
        await OpenAsync(path, position => position.Offset().ShouldBe(5), move: false);

        using var after = new SqliteConnection($"Data Source={path};Pooling=False");
        after.Open();
        using var query = after.CreateCommand();
        query.CommandText = "SELECT count(*) FROM sqlite_schema WHERE name = 'left_over'";
        query.ExecuteScalar().ShouldBe(0L);
    }

    private static async Task OpenAsync(string path, Action<Position> check, bool move)
    {
        var isSearch = path.EndsWith("search.db", StringComparison.Ordinal);
        var texts = isSearch ? SqliteTextStore.Open(path + ".texts") : null;
        IProjection index = isSearch ? SqliteSearchIndex.Open(path, texts!) : SqliteBackersIndex.Open(path);
        check(await index.LoadPositionAsync());
        if (move)
            await index.ApplyAsync([], OnePartition.At(5));
        await ((IAsyncDisposable)index).DisposeAsync();
        if (texts is not null)
            await texts.DisposeAsync();
    }

    [Fact]
    public async Task A_lost_index_comes_back_the_same_and_its_refunds_are_harmless()
    {
        var world = new RefundWorld(some.Campaign());
        var (declined, reopened, standing) = (some.Idea(), some.Idea(), some.Idea());
        IdeaId[] ideas = [declined, reopened, standing];
        foreach (var idea in ideas)
            world.Publish(idea);
        var voters = Enumerable.Range(0, 20).Select(_ => some.Voter()).ToArray();

        List<List<Backer>> before;
        await using (var index = SqliteBackersIndex.Open(folder.File("backers.db")))
        {
            foreach (var voter in voters)
                foreach (var idea in ideas)
                    world.Invest(voter, idea, 5);
            // Closed, given back, opened again, invested in again.
            world.SetStatus(reopened, IdeaStatus.Withdrawn);
            await FoldAsync(index, world);
            (await world.RefundAsync(index)).ShouldBe(20);
            world.SetStatus(reopened, IdeaStatus.Published);
            foreach (var voter in voters[..7])
                world.Invest(voter, reopened, 6);
            // Closed and given back; one investment is changed while that is going on, as from a process that had not heard of it.
            world.SetStatus(declined, IdeaStatus.Declined);
            world.Publish(declined);
            world.Invest(voters[3], declined, 8);
            await FoldAsync(index, world);
            (await world.RefundAsync(index)).ShouldBe(20);
            await FoldAsync(index, world);
            before = await AllAsync(index, world.Campaign, ideas);
        }
        before.Select(investors => investors.Count).ShouldBe([0, 7, 20]);

        foreach (var file in Directory.GetFiles(folder.Path))
            File.Delete(file);
        await using var rebuilt = SqliteBackersIndex.Open(folder.File("backers.db"));
        (await rebuilt.LoadPositionAsync()).Offset().ShouldBe(0);
        await FoldAsync(rebuilt, world);
        (await rebuilt.NextRefundAsync()).ShouldNotBeNull();
        (await world.RefundAsync(rebuilt)).ShouldBe(0);

        (await rebuilt.NextRefundAsync()).ShouldBeNull();
        (await rebuilt.LateRefundsAsync(10)).ShouldBeEmpty();
        (await AllAsync(rebuilt, world.Campaign, ideas)).ShouldBeEquivalentTo(before);
        voters.Select(voter => world.CreditsOf(voter, declined)).ShouldAllBe(credits => credits == 0);
        voters[..7].Select(voter => world.CreditsOf(voter, reopened)).ShouldAllBe(credits => credits == 6);
        voters.Select(voter => world.CreditsOf(voter, standing)).ShouldAllBe(credits => credits == 5);
    }

    private static async Task FoldAsync(SqliteBackersIndex index, RefundWorld world)
    {
        var from = (int)(await index.LoadPositionAsync()).Offset();
        await index.ApplyAsync(world.History[from..], OnePartition.At(world.History.Count));
    }

    private static async Task<List<List<Backer>>> AllAsync(SqliteBackersIndex index, CampaignId campaign, IdeaId[] ideas)
    {
        var all = new List<List<Backer>>();
        foreach (var idea in ideas)
            all.Add([.. await index.InvestorsAsync(campaign, idea, null, 1_000)]);
        return all;
    }
}
