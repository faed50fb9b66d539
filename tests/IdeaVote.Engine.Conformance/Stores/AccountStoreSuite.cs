using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every account store must do with accounts; <see cref="AccountCodeSuite"/> has the rest.</summary>
public abstract class AccountStoreSuite : StoreSuite<IAccountStore>
{
    private readonly Some some = new();

    private Account New(string? email = null, Role role = Role.Customer, string? name = null) => new()
    {
        Id = some.Id(),
        Email = email ?? some.Word() + "@example.org",
        PasswordHash = some.Word(),
        Person = some.Person(),
        Name = name ?? some.Word(),
        Role = role,
        Created = new Instant(1_750_000_000_123),
        Stamp = some.Id(),
    };

    private async Task<Account> AddAsync(Account account)
    {
        (await Store.AddAsync(account)).ShouldBeTrue();
        return account with { Version = 1 };
    }

    [SuiteFact]
    public async Task An_account_is_found_by_id_address_and_person_as_it_was_added()
    {
        var account = await AddAsync(New("o'hara+x%_\"@example.org", Role.Team, "Zoë 😀 O'Hara <b>") with
        {
            IsConfirmed = true,
            Teams = [.. Enumerable.Range(0, 1_000).Select(i => $"campaign-{i}-" + new string('x', 48))],
            Failures = 3,
            LockedUntil = new Instant(1_750_000_009_999),
            IsClosed = true,
            Language = "de",
            HidesProfile = true,
            NewsSeen = new Instant(1_800_000_000_123),
            NoDigest = true,
            DigestedAt = new Instant(1_800_000_000_456),
        });
        var plain = await AddAsync(New());

        foreach (var store in new[] { Store, await OpenAnotherAsync() })
        {
            (await store.FindAsync(account.Id)).ShouldBe(account);
            (await store.FindByEmailAsync(account.Email)).ShouldBe(account);
            var found = await store.FindByPersonsAsync([plain.Person, some.Person(), account.Person]);
            found.Count.ShouldBe(2);
            (found[account.Person], found[plain.Person]).ShouldBe((account, plain));
        }
        await ReopenAsync();
        (await Store.FindAsync(account.Id)).ShouldBe(account);
        (await Store.FindAsync(plain.Id)).ShouldBe(plain);
    }

    [SuiteFact]
    public async Task Who_is_not_there_is_not_found()
    {
        await AddAsync(New());

        (await Store.FindAsync(some.Id())).ShouldBeNull();
        foreach (var email in new[] { "nobody@example.org", "", "%", "\0", "\ud800" })
            (await Store.FindByEmailAsync(email)).ShouldBeNull();
        (await Store.FindByPersonsAsync([some.Person()])).ShouldBeEmpty();
        (await Store.FindByPersonsAsync([])).ShouldBeEmpty();
        (await Store.HasAdminAsync()).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task Id_address_and_person_are_of_one_account_only()
    {
        var first = await AddAsync(New());

        (await Store.AddAsync(New() with { Id = first.Id })).ShouldBeFalse();
        (await Store.AddAsync(New(first.Email))).ShouldBeFalse();
        (await Store.AddAsync(New() with { Person = first.Person })).ShouldBeFalse();

        (await Store.ListAsync(null, null, IAccountStore.MaxListed)).ShouldBe([first]);
    }

    [SuiteFact]
    public async Task Of_many_who_want_one_address_at_once_one_gets_it()
    {
        var other = await OpenAnotherAsync();
        Account[] rivals = [.. Enumerable.Range(0, 12).Select(_ => New("wanted@example.org"))];

        var added = await Task.WhenAll(rivals.Select((account, i) => (i % 2 == 0 ? Store : other).AddAsync(account).AsTask()));

        added.Count(yes => yes).ShouldBe(1);
        (await Store.FindByEmailAsync("wanted@example.org"))!.Id.ShouldBe(rivals[Array.IndexOf(added, true)].Id);
    }

    [SuiteFact]
    public async Task Of_many_who_want_to_be_the_first_administrator_at_once_one_becomes_it()
    {
        var other = await OpenAnotherAsync();
        Account[] rivals = [.. Enumerable.Range(0, 12).Select(_ => New(role: Role.Admin))];

        var added = await Task.WhenAll(rivals.Select((account, i) => (i % 2 == 0 ? Store : other).AddAsync(account, onlyIfNoAdmin: true).AsTask()));

        added.Count(yes => yes).ShouldBe(1);
        (await Store.ListAsync(null, null, IAccountStore.MaxListed)).ShouldHaveSingleItem().Id.ShouldBe(rivals[Array.IndexOf(added, true)].Id);
    }

    [SuiteFact]
    public async Task Whether_there_is_an_administrator_follows_every_change()
    {
        await AddAsync(New(role: Role.Team));
        (await Store.HasAdminAsync()).ShouldBeFalse();
        var first = await AddAsync(New(role: Role.Admin));
        var second = await AddAsync(New(role: Role.Admin));
        (await Store.AddAsync(New(role: Role.Admin), onlyIfNoAdmin: true)).ShouldBeFalse();

        first = (await Store.ReplaceAsync(first with { Role = Role.Customer })).ShouldNotBeNull();
        (await Store.HasAdminAsync()).ShouldBeTrue();
        await Store.EraseAsync(second.Id);
        (await Store.HasAdminAsync()).ShouldBeFalse();
        (await Store.ReplaceAsync(first with { Role = Role.Admin })).ShouldNotBeNull();
        (await Store.HasAdminAsync()).ShouldBeTrue();
        await Store.EraseAsync(first.Id);
        (await Store.AddAsync(New(role: Role.Admin), onlyIfNoAdmin: true)).ShouldBeTrue();
    }

    [SuiteFact]
    public async Task A_change_is_made_on_what_was_read_or_not_at_all()
    {
        var account = await AddAsync(New());

        var changed = (await Store.ReplaceAsync(account with { Name = "New", Role = Role.Analyst, IsConfirmed = true, Teams = ["a"] })).ShouldNotBeNull();

        changed.ShouldBe(account with { Version = 2, Name = "New", Role = Role.Analyst, IsConfirmed = true, Teams = ["a"] });
        (await Store.FindAsync(account.Id)).ShouldBe(changed);
        (await Store.FindByEmailAsync(account.Email)).ShouldBe(changed);
        (await Store.ReplaceAsync(account with { Name = "Late" })).ShouldBeNull();
        (await Store.ReplaceAsync(New() with { Version = 1 })).ShouldBeNull();
        (await Store.FindAsync(account.Id)).ShouldBe(changed);
    }

    [SuiteFact]
    public async Task Of_many_changes_of_one_version_one_is_made()
    {
        var account = await AddAsync(New());
        var other = await OpenAnotherAsync();

        var changed = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? Store : other).ReplaceAsync(account with { Failures = i + 1 }).AsTask()));

        var made = changed.OfType<Account>().ShouldHaveSingleItem();
        (await Store.FindAsync(account.Id)).ShouldBe(made);
        made.Version.ShouldBe(2);
    }

    [SuiteFact]
    public async Task An_address_changes_unless_it_is_taken()
    {
        var (one, other) = (await AddAsync(New()), await AddAsync(New()));
        var before = one.Email;

        (await Store.ReplaceAsync(one with { Email = other.Email })).ShouldBeNull();
        (await Store.FindAsync(one.Id)).ShouldBe(one);
        one = (await Store.ReplaceAsync(one with { Email = "moved@example.org" })).ShouldNotBeNull();

        (await Store.FindByEmailAsync(before)).ShouldBeNull();
        (await Store.FindByEmailAsync("moved@example.org")).ShouldBe(one);
        (await Store.FindByEmailAsync(other.Email)).ShouldBe(other);
        await AddAsync(New(before));
    }

    [SuiteFact]
    public async Task Accounts_are_listed_in_the_order_of_their_addresses_page_by_page()
    {
        string[] emails = ["a-b@x.org", "a.b@x.org", "a1@x.org", "a@x.org", "a_b@x.org", "ab@x.org", "b@x.org", "zoë@x.org", "ß@x.org"];
        foreach (var email in emails.Reverse())
            await AddAsync(New(email));

        var listed = new List<string>();
        while (await Store.ListAsync(listed.LastOrDefault(), null, 2) is { Count: > 0 } page)
            listed.AddRange(page.Select(account => account.Email));

        listed.ShouldBe(emails.OrderBy(email => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(email)), StringComparer.Ordinal));
        (await Store.ListAsync("a_", null, 1)).ShouldHaveSingleItem().Email.ShouldBe("a_b@x.org");
        (await Store.ListAsync("~~~", null, 200)).Select(account => account.Email).ShouldBe(["ß@x.org"]);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(null, null, 0).AsTask());
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(null, null, IAccountStore.MaxListed + 1).AsTask());
    }

    [SuiteTheory]
    [InlineData("100%", "100%")]
    [InlineData("_", "a_b")]
    [InlineData("'", "O'Hara")]
    [InlineData("\"", "say \"hi\"")]
    [InlineData("\\", "back\\slash")]
    [InlineData("ZOë", "Zoë")]
    [InlineData("😀", "smile 😀")]
    [InlineData("HARA@", "")]
    [InlineData("hara", "O'Hara")]
    [InlineData("*", "")]
    [InlineData("[a-z]", "")]
    [InlineData("\0", "")]
    [InlineData("\ud800", "")]
    public async Task Whoever_searches_finds_what_contains_it_letter_by_letter(string words, string name)
    {
        foreach (var each in new[] { "100%", "a_b", "O'Hara", "say \"hi\"", "back\\slash", "Zoë", "smile 😀", "x" })
            await AddAsync(New($"{(each == "x" ? "hara" : Guid.NewGuid().ToString("N")[..8])}@example.org", name: each));

        var found = (await Store.ListAsync(null, words, 10)).Select(account => account.Name).ToList();

        if (words == "HARA@")
            found.ShouldBe(["x"]);
        else if (words == "hara")
            found.ShouldBe(["O'Hara", "x"], ignoreOrder: true);
        else
            found.ShouldBe(name.Length == 0 ? [] : [name]);
    }

    [SuiteFact]
    public async Task A_search_fills_its_page_from_wherever_it_finds()
    {
        for (var i = 0; i < 60; i++)
            await AddAsync(New($"{i:D3}@example.org", name: i % 20 == 19 ? "Wanted" : "Other"));

        (await Store.ListAsync(null, "wanted", 2)).Select(account => account.Email).ShouldBe(["019@example.org", "039@example.org"]);
        (await Store.ListAsync("039@example.org", "wanted", 2)).Select(account => account.Email).ShouldBe(["059@example.org"]);
    }

    [SuiteFact]
    public async Task What_is_erased_is_gone_and_its_names_are_free()
    {
        var (gone, stays) = (await AddAsync(New()), await AddAsync(New()));

        (await Store.EraseAsync(gone.Id)).ShouldBeTrue();

        (await Store.FindAsync(gone.Id)).ShouldBeNull();
        (await Store.FindByEmailAsync(gone.Email)).ShouldBeNull();
        (await Store.FindByPersonsAsync([gone.Person])).ShouldBeEmpty();
        (await Store.ReplaceAsync(gone)).ShouldBeNull();
        (await Store.EraseAsync(gone.Id)).ShouldBeFalse();
        (await Store.ListAsync(null, null, 10)).ShouldBe([stays]);
        await AddAsync(gone with { Version = 0 });
    }
}
