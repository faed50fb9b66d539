using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Texts;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every access store must do.</summary>
public abstract class AccessStoreSuite : StoreSuite<IAccessStore>
{
    private static readonly Instant Now = new(1_750_000_000_000);

    private readonly Some some = new();

    private TokenRecord Token(PersonId? person = null, long created = 0, Instant? expires = null) => new(
        some.Id(), some.Bytes(32), "Name of " + some.Word(), Scopes.Vote, person is null ? null : some.Word(), person,
        person is null ? null : some.Word() + "@example.org", new Instant(created), expires);

    private async Task ShouldListAsync(params TokenRecord[] expected)
    {
        var listed = await Store.ListTokensAsync();
        // Arrays of equal bytes are not equal, so hashes are compared apart from the rest.
        listed.Select(t => t with { Hash = [] }).ShouldBe(expected.Select(t => t with { Hash = [] }));
        listed.Select(t => Convert.ToHexString(t.Hash)).ShouldBe(expected.Select(t => Convert.ToHexString(t.Hash)));
    }

    [SuiteFact]
    public async Task The_secret_is_made_once_and_stays()
    {
        var first = some.Bytes(32);
        (await Store.GetOrAddSecretAsync(first)).ShouldBe(first);
        (await Store.GetOrAddSecretAsync(some.Bytes(32))).ShouldBe(first);
        await ReopenAsync();
        (await Store.GetOrAddSecretAsync(some.Bytes(32))).ShouldBe(first);
    }

    [SuiteFact]
    public async Task Of_many_who_ask_for_the_secret_first_all_get_the_same()
    {
        var offers = Enumerable.Range(0, 20).Select(_ => some.Bytes(32)).ToArray();
        var secrets = await Task.WhenAll(offers.Select(offer => Store.GetOrAddSecretAsync(offer).AsTask()));
        foreach (var secret in secrets)
            secret.ShouldBe(secrets[0]);
        offers.Count(offer => offer.AsSpan().SequenceEqual(secrets[0])).ShouldBe(1);
    }

    [SuiteTheory]
    [InlineData(31)]
    [InlineData(33)]
    public async Task A_secret_of_another_length_is_refused(int bytes) =>
        await Should.ThrowAsync<ArgumentException>(() => Store.GetOrAddSecretAsync(new byte[bytes]).AsTask());

    [SuiteFact]
    public async Task The_signing_key_is_kept_once_and_stays()
    {
        var (secret, first) = (some.Bytes(32), some.Bytes(138));
        await Store.GetOrAddSecretAsync(secret);
        (await Store.GetOrAddSigningKeyAsync(first)).ShouldBe(first);
        (await Store.GetOrAddSigningKeyAsync(some.Bytes(138))).ShouldBe(first);
        await ReopenAsync();
        (await Store.GetOrAddSigningKeyAsync(some.Bytes(121))).ShouldBe(first);
        (await Store.GetOrAddSecretAsync(some.Bytes(32))).ShouldBe(secret);
    }

    [SuiteFact]
    public async Task Of_many_who_ask_for_the_signing_key_first_all_get_the_same()
    {
        var offers = Enumerable.Range(0, 20).Select(_ => some.Bytes(138)).ToArray();
        var keys = await Task.WhenAll(offers.Select(offer => Store.GetOrAddSigningKeyAsync(offer).AsTask()));
        foreach (var key in keys)
            key.ShouldBe(keys[0]);
    }

    [SuiteTheory]
    [InlineData(0)]
    [InlineData(513)]
    public async Task A_signing_key_of_no_possible_length_is_refused(int bytes) =>
        await Should.ThrowAsync<ArgumentException>(() => Store.GetOrAddSigningKeyAsync(new byte[bytes]).AsTask());

    [SuiteFact]
    public async Task A_publication_is_kept_once_for_each_campaign_and_stays()
    {
        var (one, other) = (new CampaignId(some.Id()), new CampaignId(some.Id()));
        (await Store.FindPublicationAsync(one)).ShouldBeNull();
        var (first, second) = (some.Bytes(IAccessStore.MaxPublicationBytes), some.Bytes(1));
        (await Store.GetOrAddPublicationAsync(one, first)).ShouldBe(first);
        (await Store.GetOrAddPublicationAsync(other, second)).ShouldBe(second);
        (await Store.GetOrAddPublicationAsync(one, some.Bytes(100))).ShouldBe(first);
        await ReopenAsync();
        (await Store.GetOrAddPublicationAsync(one, second)).ShouldBe(first);
        (await Store.FindPublicationAsync(one)).ShouldBe(first);
        (await Store.FindPublicationAsync(other)).ShouldBe(second);
    }

    [SuiteFact]
    public async Task Of_many_who_publish_first_all_get_the_same()
    {
        var campaign = new CampaignId(some.Id());
        var offers = Enumerable.Range(0, 20).Select(_ => some.Bytes(300)).ToArray();
        var kept = await Task.WhenAll(offers.Select(offer => Store.GetOrAddPublicationAsync(campaign, offer).AsTask()));
        foreach (var each in kept)
            each.ShouldBe(kept[0]);
    }

    [SuiteTheory]
    [InlineData(0)]
    [InlineData(60_001)]
    public async Task A_publication_of_no_possible_length_is_refused(int bytes) =>
        await Should.ThrowAsync<ArgumentException>(() => Store.GetOrAddPublicationAsync(new CampaignId(some.Id()), new byte[bytes]).AsTask());

    [SuiteFact]
    public async Task Tokens_are_listed_as_they_were_added_oldest_first()
    {
        var full = Token(some.Person(), created: 2_000, expires: new Instant(9_000)) with { Scopes = Scopes.Manage | Scopes.Export };
        var plain = Token(created: 1_000) with { Scopes = Scopes.Admin, Name = "Größe \"O'Neil\" 🙂" };
        var latest = Token(created: 3_000) with { Scopes = Scopes.None };
        var sameTime = Token(created: 3_000);
        foreach (var token in new[] { latest, full, plain, sameTime })
            await Store.AddTokenAsync(token);
        await ShouldListAsync(plain, full, latest, sameTime);
        await ReopenAsync();
        await ShouldListAsync(plain, full, latest, sameTime);
    }

    [SuiteFact]
    public async Task Adding_a_token_again_changes_nothing()
    {
        var token = Token();
        await Store.AddTokenAsync(token);
        await Store.AddTokenAsync(token);
        await ShouldListAsync(token);
    }

    [SuiteFact]
    public async Task Another_token_cannot_take_an_id()
    {
        var token = Token();
        await Store.AddTokenAsync(token);
        await Should.ThrowAsync<ArgumentException>(() => Store.AddTokenAsync(Token() with { Id = token.Id }).AsTask());
        await ShouldListAsync(token);
    }

    [SuiteFact]
    public async Task A_removed_token_is_gone()
    {
        var (gone, kept) = (Token(), Token());
        await Store.AddTokenAsync(gone);
        await Store.AddTokenAsync(kept);
        (await Store.RemoveTokenAsync(gone.Id)).ShouldBeTrue();
        (await Store.RemoveTokenAsync(gone.Id)).ShouldBeFalse();
        await ReopenAsync();
        await ShouldListAsync(kept);
    }

    [SuiteFact]
    public async Task A_roll_says_who_is_on_it_in_which_segment()
    {
        var (campaign, other) = (some.Campaign(), some.Campaign());
        var (with, without) = (new RollEntry(some.Voter(), some.Term()), new RollEntry(some.Voter(), null));
        await Store.PutRollAsync(campaign, [with, without]);
        await ReopenAsync();
        (await Store.FindOnRollAsync(campaign, with.Voter)).ShouldBe(with);
        (await Store.FindOnRollAsync(campaign, without.Voter)).ShouldBe(without);
        (await Store.FindOnRollAsync(campaign, some.Voter())).ShouldBeNull();
        (await Store.FindOnRollAsync(other, with.Voter)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_voter_put_on_the_roll_again_changes_segment_and_the_last_mention_counts()
    {
        var (campaign, voter) = (some.Campaign(), some.Voter());
        var (first, second, third) = (new RollEntry(voter, some.Term()), new RollEntry(voter, some.Term()), new RollEntry(voter, null));
        await Store.PutRollAsync(campaign, [first]);
        await Store.PutRollAsync(campaign, [first, second]);
        (await Store.FindOnRollAsync(campaign, voter)).ShouldBe(second);
        await Store.PutRollAsync(campaign, [third]);
        (await Store.FindOnRollAsync(campaign, voter)).ShouldBe(third);
        await Store.PutRollAsync(campaign, []);
        (await Store.FindOnRollAsync(campaign, voter)).ShouldBe(third);
    }

    [SuiteFact]
    public async Task A_long_roll_is_kept_whole()
    {
        var campaign = some.Campaign();
        var entries = Enumerable.Range(0, 5_000).Select(_ => new RollEntry(some.Voter(), some.Term())).ToArray();
        await Store.PutRollAsync(campaign, entries);
        foreach (var entry in entries)
            (await Store.FindOnRollAsync(campaign, entry.Voter)).ShouldBe(entry);
    }

    [SuiteFact]
    public async Task A_claim_is_new_once_then_repeated_or_reused()
    {
        var (key, fingerprint) = (some.Id(), some.Id());
        (await Store.ClaimAsync(key, fingerprint, Now)).ShouldBe(Claim.New);
        (await Store.ClaimAsync(key, fingerprint, Now)).ShouldBe(Claim.Repeated);
        (await Store.ClaimAsync(key, some.Id(), Now)).ShouldBe(Claim.Reused);
        (await Store.ClaimAsync(some.Id(), fingerprint, Now)).ShouldBe(Claim.New);
        await ReopenAsync();
        (await Store.ClaimAsync(key, fingerprint, Now)).ShouldBe(Claim.Repeated);
        (await Store.ClaimAsync(key, some.Id(), Now)).ShouldBe(Claim.Reused);
    }

    [SuiteFact]
    public async Task A_claim_is_forgotten_after_its_lifetime_and_not_before()
    {
        var (key, fingerprint, other) = (some.Id(), some.Id(), some.Id());
        var last = new Instant(Now.UnixMilliseconds + (long)IAccessStore.ClaimLifetime.TotalMilliseconds);
        var later = new Instant(last.UnixMilliseconds + 1);
        await Store.ClaimAsync(key, fingerprint, Now);
        (await Store.ClaimAsync(key, fingerprint, last)).ShouldBe(Claim.Repeated);
        (await Store.ClaimAsync(key, other, last)).ShouldBe(Claim.Reused);
        (await Store.ClaimAsync(key, other, later)).ShouldBe(Claim.New);
        (await Store.ClaimAsync(key, fingerprint, later)).ShouldBe(Claim.Reused);
    }

    [SuiteFact]
    public async Task However_many_claims_are_old_none_of_them_counts()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => some.Id()).ToArray();
        var later = new Instant(Now.UnixMilliseconds + (long)IAccessStore.ClaimLifetime.TotalMilliseconds + 1);
        foreach (var key in keys)
            await Store.ClaimAsync(key, some.Id(), Now);
        foreach (var key in keys.Reverse())
            (await Store.ClaimAsync(key, some.Id(), later)).ShouldBe(Claim.New);
    }

    [SuiteFact]
    public async Task Of_many_who_claim_at_once_one_is_first()
    {
        var (key, fingerprint) = (some.Id(), some.Id());
        var claims = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Store.ClaimAsync(key, fingerprint, Now).AsTask()));
        claims.Count(claim => claim == Claim.New).ShouldBe(1);
        claims.Count(claim => claim == Claim.Repeated).ShouldBe(49);
    }

    [SuiteFact]
    public async Task Erasing_a_person_takes_their_tokens_and_roll_entries_and_nothing_else()
    {
        var (person, other) = (some.Person(), some.Person());
        TokenRecord[] theirs = [Token(person, created: 1), Token(person, created: 2)];
        TokenRecord[] others = [Token(other, created: 3), Token(created: 4)];
        foreach (var token in theirs.Concat(others))
            await Store.AddTokenAsync(token);
        var (first, second) = (some.Campaign(), some.Campaign());
        var (voter, sameVoterElsewhere, kept) = (new RollEntry(some.Voter(), some.Term()), new RollEntry(some.Voter(), null), new RollEntry(some.Voter(), null));
        await Store.PutRollAsync(first, [voter, kept]);
        await Store.PutRollAsync(second, [sameVoterElsewhere, kept]);

        (await Store.EraseAsync(person, [(first, voter.Voter), (second, sameVoterElsewhere.Voter)]))
            .ShouldBe(theirs.Select(t => t.Id), ignoreOrder: true);

        await ReopenAsync();
        await ShouldListAsync(others);
        (await Store.FindOnRollAsync(first, voter.Voter)).ShouldBeNull();
        (await Store.FindOnRollAsync(second, sameVoterElsewhere.Voter)).ShouldBeNull();
        (await Store.FindOnRollAsync(first, kept.Voter)).ShouldBe(kept);
        (await Store.FindOnRollAsync(second, kept.Voter)).ShouldBe(kept);
        (await Store.EraseAsync(person, [])).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task An_erasure_leaves_the_secret_and_the_claims()
    {
        var secret = await Store.GetOrAddSecretAsync(some.Bytes(32));
        var (key, fingerprint) = (some.Id(), some.Id());
        await Store.ClaimAsync(key, fingerprint, Now);
        await Store.EraseAsync(some.Person(), [(some.Campaign(), some.Voter())]);
        (await Store.GetOrAddSecretAsync(some.Bytes(32))).ShouldBe(secret);
        (await Store.ClaimAsync(key, fingerprint, Now)).ShouldBe(Claim.Repeated);
    }
}
