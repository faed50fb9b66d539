using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Storage.Sqlite.Accounts;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Tests.Accounts;

/// <summary>What is erased is in no byte of any file, while the store is open.</summary>
public sealed class AccountErasureTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();

    public void Dispose() => folder.Dispose();

    private Account New() => new()
    {
        Id = some.Id(),
        Email = some.Word() + "@example.org",
        PasswordHash = some.Word(),
        Person = some.Person(),
        Name = some.Word(),
        Teams = [some.Word()],
        Created = new Instant(1),
        Stamp = some.Id(),
    };

    private static IEnumerable<byte[]> TracesOf(Account account, OneTimeCode code) =>
    [
        account.Id.ToBytes(), account.Person.Value.ToBytes(), code.Hash,
        .. new[] { account.Email, account.Name, account.PasswordHash, account.Teams[0], account.Stamp.ToString() }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public async Task Nothing_of_an_erased_account_is_left_whatever_happened_before()
    {
        await using var store = SqliteAccountStore.Open(folder.File("accounts.db"));
        var (present, gone) = (new List<(Account Account, OneTimeCode Code)>(), new List<(Account Account, OneTimeCode Code)>());
        for (var round = 0; round < 4; round++)
        {
            foreach (var _ in Enumerable.Range(0, 60))
            {
                var (account, former) = (New(), New());
                // What it was before is gone with it.
                await store.AddAsync(former with { Id = account.Id, Person = account.Person });
                (await store.ReplaceAsync(account with { Version = 1 })).ShouldNotBeNull();
                gone.Add((former with { Id = some.Id(), Person = some.Person() }, new OneTimeCode(some.Bytes(32), CodePurpose.Reset, account.Id, new Instant(1))));
                var code = new OneTimeCode(some.Bytes(32), CodePurpose.Confirm, account.Id, new Instant(1));
                await store.PutCodeAsync(code);
                present.Add((account, code));
            }
            for (var i = 0; i < 10; i++)
            {
                var someone = present[some.Random.Next(present.Count)];
                present.Remove(someone);
                gone.Add(someone);
                (await store.EraseAsync(someone.Account.Id)).ShouldBeTrue();
            }
            var scan = new FileScan(folder.Path);
            foreach (var trace in gone.SelectMany(each => TracesOf(each.Account, each.Code)))
                scan.Find(trace).ShouldBeNull();
            // The same scan does find what is still there.
            foreach (var trace in present.SelectMany(each => TracesOf(each.Account, each.Code)))
                scan.Find(trace).ShouldNotBeNull();
        }
    }
}
