using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IdeaVote.Portal.Accounts;

/// <summary>Opens accounts, checks passwords, and hands out the codes that confirm an address or replace a password.</summary>
/// <param name="store">Has the accounts.</param>
/// <param name="accounts">Changes them.</param>
/// <param name="pseudonyms">Names the persons.</param>
/// <param name="time">The clock.</param>
/// <param name="hashing">How hard passwords are hashed.</param>
public sealed class AccountDesk(
    IAccountStore store, AccountBook accounts, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time, IOptions<PasswordHasherOptions> hashing)
{
    /// <summary>The shortest password, in characters.</summary>
    public const int MinPasswordChars = 8;

    /// <summary>The longest password, in characters: a hash of a longer one would cost whoever sends it nothing and us much.</summary>
    public const int MaxPasswordChars = 200;

    /// <summary>After how many wrong passwords in a row an account takes none for a while.</summary>
    public const int MaxFailures = 10;

    /// <summary>How long it takes none.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ConfirmLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan ResetLife = TimeSpan.FromHours(2);

    private readonly PasswordHasher<Account> hasher = new(hashing);

    // What a sign-in of somebody unknown is checked against, so that it takes as long as that of somebody known.
    private readonly Lazy<string> decoy = new(() => new PasswordHasher<Account>(hashing).HashPassword(null!, RandomNumberGenerator.GetHexString(32)));

    /// <summary>Opens an account.</summary>
    /// <param name="email">The address, as it was typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="name">The name to show to others.</param>
    /// <param name="asFirstAdmin">Whether it becomes the server's first administrator.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<DeskAnswer> OpenAsync(string email, string password, string name, bool asFirstAdmin, CancellationToken cancellation)
    {
        email = email.Trim().ToLowerInvariant();
        if (email.Length > Account.MaxEmailChars || !Addresses.IsValid(email))
            return DeskAnswer.Wrong("email", "account.email.invalid");
        if (CheckName(name) is { } wrongName)
            return wrongName;
        if (CheckPassword(password, email) is { } wrongPassword)
            return wrongPassword;
        var id = pseudonyms.RandomId();
        var account = new Account
        {
            Id = id,
            Email = email,
            PasswordHash = "",
            Person = pseudonyms.Person(Sessions.VoterOf(id)),
            Name = name.Trim(),
            Role = asFirstAdmin ? Role.Admin : Role.Customer,
            Created = Now,
            Stamp = pseudonyms.RandomId(),
        };
        account = account with { PasswordHash = hasher.HashPassword(account, password) };
        return await store.AddAsync(account, onlyIfNoAdmin: asFirstAdmin, cancellation)
            ? new DeskAnswer(await accounts.FindAsync(id, cancellation))
            : asFirstAdmin && await store.HasAdminAsync(cancellation) ? DeskAnswer.Wrong(null, "account.setup.done") : DeskAnswer.Wrong("email", "account.email.taken");
    }

    /// <summary>Checks an address and a password.</summary>
    /// <param name="email">The address, as it was typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The account; or that the two don't belong together, whichever of them is wrong, or that the account takes none for now.</returns>
    public async ValueTask<DeskAnswer> CheckAsync(string email, string password, CancellationToken cancellation)
    {
        var account = email.Length <= Account.MaxEmailChars ? await store.FindByEmailAsync(email.Trim().ToLowerInvariant(), cancellation) : null;
        if (account is null || password.Length > MaxPasswordChars)
        {
            hasher.VerifyHashedPassword(null!, decoy.Value, "x");
            return DeskAnswer.Wrong("password", "account.wrong");
        }
        if (account.LockedUntil > Now)
            return DeskAnswer.Wrong("password", "account.locked");
        var result = hasher.VerifyHashedPassword(account, account.PasswordHash, password);
        if (result == PasswordVerificationResult.Failed)
        {
            await accounts.ChangeAsync(account.Id, Fail, CancellationToken.None);
            return DeskAnswer.Wrong("password", "account.wrong");
        }
        if (account.IsClosed)
            return DeskAnswer.Wrong("email", "account.closed");
        var hash = result == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(account, password) : null;
        return new DeskAnswer(await accounts.ChangeAsync(
            account.Id,
            one => one with { Failures = 0, LockedUntil = null, PasswordHash = hash is not null && one.PasswordHash == account.PasswordHash ? hash : one.PasswordHash },
            CancellationToken.None));
    }

    /// <summary>Gives an account another password and ends all its sessions.</summary>
    public async ValueTask<DeskAnswer> SetPasswordAsync(Account account, string password)
    {
        if (CheckPassword(password, account.Email) is { } wrong)
            return wrong;
        var hash = hasher.HashPassword(account, password);
        return new DeskAnswer(await accounts.ChangeAsync(
            account.Id, one => one with { PasswordHash = hash, Stamp = pseudonyms.RandomId(), Failures = 0, LockedUntil = null }, CancellationToken.None));
    }

    /// <summary>Ends all sessions of an account.</summary>
    public ValueTask<Account?> EndSessionsAsync(Id account) =>
        accounts.ChangeAsync(account, one => one with { Stamp = pseudonyms.RandomId() }, CancellationToken.None);

    /// <summary>Makes a code that confirms an account's address or replaces its password; the one before is good for nothing any more.</summary>
    public async ValueTask<string> MakeCodeAsync(Account account, CodePurpose purpose)
    {
        var code = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
        var life = purpose == CodePurpose.Reset ? ResetLife : ConfirmLife;
        await store.PutCodeAsync(new OneTimeCode(HashOf(code), purpose, account.Id, new Instant(Now.UnixMilliseconds + (long)life.TotalMilliseconds)));
        return code;
    }

    /// <summary>Takes a code.</summary>
    /// <returns>The account it is of; null if it is not known, used or too old.</returns>
    public async ValueTask<Account?> TakeCodeAsync(string code, CodePurpose purpose, CancellationToken cancellation) =>
        code.Length is > 0 and <= 100 && await store.TakeCodeAsync(HashOf(code), purpose, Now, cancellation) is { } found
            ? await store.FindAsync(found.Account, cancellation)
            : null;

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    public static DeskAnswer? CheckName(string name) =>
        name.Trim() is { Length: > 0 and <= Account.MaxNameChars } trimmed && TextRules.IsLine(trimmed) ? null : DeskAnswer.Wrong("name", "account.name.invalid");

    /// <summary>What is wrong with a password; null if nothing is.</summary>
    public static DeskAnswer? CheckPassword(string password, string email)
    {
        if (password.Length is < MinPasswordChars or > MaxPasswordChars)
            return DeskAnswer.Wrong("password", "account.password.length");
        var local = email.Split('@')[0];
        return password.Distinct().Count() < 4 || (local.Length >= 4 && password.Contains(local, StringComparison.OrdinalIgnoreCase))
            ? DeskAnswer.Wrong("password", "account.password.weak")
            : null;
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    private Account Fail(Account account)
    {
        var failures = account.Failures + 1;
        return failures < MaxFailures
            ? account with { Failures = failures }
            : account with { Failures = 0, LockedUntil = new Instant(Now.UnixMilliseconds + (long)LockTime.TotalMilliseconds) };
    }

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}

/// <summary>What came of a wish about an account.</summary>
/// <param name="Account">The account; null if something is wrong.</param>
/// <param name="Field">The field to blame; null for none.</param>
/// <param name="Key">What is wrong, as the key of a text; null if nothing is.</param>
public sealed record DeskAnswer(Account? Account, string? Field = null, string? Key = null)
{
    /// <summary>That something is wrong.</summary>
    internal static DeskAnswer Wrong(string? field, string key) => new(null, field, key);
}
