using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Tests.Access;

/// <summary>What is erased is in no byte of any file, while the store is open.</summary>
public sealed class AccessErasureTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();

    public void Dispose() => folder.Dispose();

    private sealed record Someone(PersonId Person, TokenRecord Token, VoterId Voter, TermId Segment);

    private Someone New()
    {
        var person = some.Person();
        var token = new TokenRecord(
            some.Id(), some.Bytes(32), some.Word(), Scopes.Vote, some.Word(), person, some.Word() + "@example.org", new Instant(1), null);
        return new Someone(person, token, some.Voter(), some.Term());
    }

    private static IEnumerable<byte[]> TracesOf(Someone someone) =>
    [
        someone.Person.Value.ToBytes(), someone.Token.Hash, someone.Token.Id.ToBytes(), someone.Voter.Value.ToBytes(), someone.Segment.Value.ToBytes(),
        .. new[] { someone.Token.Name, someone.Token.Voter!, someone.Token.Address! }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static async Task AddAsync(SqliteAccessStore store, CampaignId campaign, Someone someone)
    {
        await store.AddTokenAsync(someone.Token);
        await store.PutRollAsync(campaign, [new RollEntry(someone.Voter, someone.Segment)]);
    }

    [Fact]
    public async Task Nothing_of_an_erased_person_is_left_whatever_happened_before()
    {
        await using var store = SqliteAccessStore.Open(folder.File("access.db"));
        var campaign = some.Campaign();
        // Claims and rolls come and go beside them, so that pages are split and joined.
        await store.PutRollAsync(campaign, [.. Enumerable.Range(0, 2_000).Select(_ => new RollEntry(some.Voter(), some.Term()))]);
        var (present, gone) = (new List<Someone>(), new List<Someone>());
        for (var round = 0; round < 6; round++)
        {
            var newcomers = Enumerable.Range(0, 150).Select(_ => New()).ToArray();
            await Task.WhenAll(newcomers.Select(someone => AddAsync(store, campaign, someone)));
            present.AddRange(newcomers);
            for (var i = 0; i < 10; i++)
            {
                var someone = present[some.Random.Next(present.Count)];
                present.Remove(someone);
                gone.Add(someone);
                await store.EraseAsync(someone.Person, [(campaign, someone.Voter)]);
            }
            var scan = new FileScan(folder.Path);
            foreach (var trace in gone.SelectMany(TracesOf))
                scan.Find(trace).ShouldBeNull();
            // The same scan does find what is still there.
            foreach (var trace in present.SelectMany(TracesOf))
                scan.Find(trace).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_crash_before_the_file_is_rewritten_is_made_good_when_it_is_opened()
    {
        var path = folder.File("access.db");
        await using var store = SqliteAccessStore.Open(path, new SqliteFileOptions { Patience = TimeSpan.FromMilliseconds(20) });
        var (campaign, someone) = (some.Campaign(), New());
        await AddAsync(store, campaign, someone);
        using var other = new SqliteSession(SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true }));
        other.Execute("BEGIN");
        other.Scalar("SELECT count(*) FROM token");
        var failure = await Should.ThrowAsync<JournalException>(() => store.EraseAsync(someone.Person, [(campaign, someone.Voter)]).AsTask());
        failure.Message.ShouldContain("another program reads");

        using var crashed = folder.CopyAsIfCrashed();
        new FileScan(crashed.Path).Find(someone.Token.Address!).ShouldNotBeNull();
        await using (SqliteAccessStore.Open(crashed.File("access.db")))
        {
            foreach (var trace in TracesOf(someone))
                new FileScan(crashed.Path).Find(trace).ShouldBeNull();
        }
        using var file = new SqliteSession(SqliteFile.Open(crashed.File("access.db"), new SqliteFileOptions()));
        file.Scalar("SELECT count(*) FROM rewrite_due").ShouldBe(0L);
    }
}
