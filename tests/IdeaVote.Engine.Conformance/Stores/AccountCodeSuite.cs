using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every account store must do with one-time codes and the keys of cookies.</summary>
public abstract class AccountCodeSuite : StoreSuite<IAccountStore>
{
    private static readonly Instant Now = new(1_750_000_000_000);
    private static readonly Instant Later = new(1_750_000_060_000);

    private readonly Some some = new(2);

    private OneTimeCode Code(Id? account = null, CodePurpose purpose = CodePurpose.Reset) => new(some.Bytes(32), purpose, account ?? some.Id(), Later);

    private async Task ShouldBeTakenAsync(OneTimeCode code)
    {
        var taken = (await Store.TakeCodeAsync(code.Hash, code.Purpose, Now)).ShouldNotBeNull();
        taken.Hash.ShouldBe(code.Hash);
        (taken.Purpose, taken.Account, taken.Expires).ShouldBe((code.Purpose, code.Account, code.Expires));
    }

    [SuiteFact]
    public async Task A_code_is_taken_once()
    {
        var (code, other) = (Code(), Code());
        await Store.PutCodeAsync(code);
        await Store.PutCodeAsync(other);
        await ReopenAsync();

        await ShouldBeTakenAsync(code);

        (await Store.TakeCodeAsync(code.Hash, code.Purpose, Now)).ShouldBeNull();
        (await Store.TakeCodeAsync(some.Bytes(32), CodePurpose.Reset, Now)).ShouldBeNull();
        await ShouldBeTakenAsync(other);
    }

    [SuiteFact]
    public async Task Of_many_who_take_a_code_at_once_one_gets_it()
    {
        var code = Code();
        var second = await OpenAnotherAsync();
        await Store.PutCodeAsync(code);

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? Store : second).TakeCodeAsync(code.Hash, code.Purpose, Now).AsTask()));

        taken.OfType<OneTimeCode>().ShouldHaveSingleItem();
    }

    [SuiteFact]
    public async Task The_newest_code_of_an_account_and_purpose_is_the_only_one()
    {
        var account = some.Id();
        var (old, confirm) = (Code(account), Code(account, CodePurpose.Confirm));
        await Store.PutCodeAsync(old);
        await Store.PutCodeAsync(confirm);
        var code = Code(account);
        await Store.PutCodeAsync(code);
        await Store.PutCodeAsync(code);

        (await Store.TakeCodeAsync(old.Hash, old.Purpose, Now)).ShouldBeNull();
        await ShouldBeTakenAsync(code);
        await ShouldBeTakenAsync(confirm);
    }

    [SuiteFact]
    public async Task A_code_is_good_for_its_purpose_only()
    {
        var code = Code();
        await Store.PutCodeAsync(code);

        (await Store.TakeCodeAsync(code.Hash, CodePurpose.Confirm, Now)).ShouldBeNull();

        await ShouldBeTakenAsync(code);
    }

    [SuiteFact]
    public async Task A_code_is_good_until_it_expires()
    {
        var (late, early) = (Code(), Code());
        await Store.PutCodeAsync(late);
        await Store.PutCodeAsync(early);

        (await Store.TakeCodeAsync(late.Hash, late.Purpose, Later)).ShouldBeNull();
        (await Store.TakeCodeAsync(early.Hash, early.Purpose, new Instant(Later.UnixMilliseconds - 1))).ShouldNotBeNull();
    }

    [SuiteTheory]
    [InlineData(31)]
    [InlineData(33)]
    public async Task A_code_has_a_hash_of_32_bytes(int bytes) =>
        await Should.ThrowAsync<ArgumentException>(() => Store.PutCodeAsync(Code() with { Hash = new byte[bytes] }).AsTask());

    [SuiteFact]
    public async Task The_codes_of_an_erased_account_are_gone()
    {
        var account = new Account
        {
            Id = some.Id(),
            Email = "a@example.org",
            PasswordHash = "x",
            Person = some.Person(),
            Name = "A",
            Created = Now,
            Stamp = some.Id(),
        };
        await Store.AddAsync(account);
        OneTimeCode[] codes = [Code(account.Id), Code(account.Id, CodePurpose.Confirm)];
        var other = Code();
        foreach (var code in codes.Append(other))
            await Store.PutCodeAsync(code);

        await Store.EraseAsync(account.Id);

        foreach (var code in codes)
            (await Store.TakeCodeAsync(code.Hash, code.Purpose, Now)).ShouldBeNull();
        await ShouldBeTakenAsync(other);
    }

    [SuiteFact]
    public async Task The_keys_of_cookies_stay_in_the_order_in_which_they_came()
    {
        (await Store.CookieKeysAsync()).ShouldBeEmpty();
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"<key id=\"{i}\">{some.Word()} ä</key>")];
        foreach (var key in keys)
            await Store.AddCookieKeyAsync(key);

        (await (await OpenAnotherAsync()).CookieKeysAsync()).ShouldBe(keys);
        await ReopenAsync();
        (await Store.CookieKeysAsync()).ShouldBe(keys);
    }
}
