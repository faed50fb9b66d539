using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Accounts;

/// <summary>A person's account on the portal. Not history: it changes in place and can be erased.</summary>
public sealed record Account
{
    /// <summary>The longest address, in characters.</summary>
    public const int MaxEmailChars = 254;

    /// <summary>The longest display name, in characters.</summary>
    public const int MaxNameChars = 60;

    /// <summary>The most campaigns one account can be on the team of.</summary>
    public const int MaxTeams = 1_000;

    /// <summary>Its id, random; it names the person in ballots, through keyed hashes.</summary>
    public required Id Id { get; init; }

    /// <summary>How often it has changed: the version that <see cref="IAccountStore.ReplaceAsync"/> compares, 0 for a new one.</summary>
    public long Version { get; init; }

    /// <summary>The address it is signed in with, in lower case; unique.</summary>
    public required string Email { get; init; }

    /// <summary>Whether the address has been confirmed, and so counts where a campaign asks for one.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The hash of the password, as the framework's hasher writes it.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The person that owns what is written from this account; unique.</summary>
    public required PersonId Person { get; init; }

    /// <summary>The name shown to others.</summary>
    public required string Name { get; init; }

    /// <summary>What the account may do on the whole server.</summary>
    public Role Role { get; init; } = Role.Customer;

    /// <summary>The keys of the campaigns whose team it is on.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>When it was opened.</summary>
    public required Instant Created { get; init; }

    /// <summary>Changes whenever all sessions must end: each session names the stamp it began under.</summary>
    public required Id Stamp { get; init; }

    /// <summary>Wrong passwords in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Until when no password is taken; null if one is.</summary>
    public Instant? LockedUntil { get; init; }

    /// <summary>Whether an administrator has closed the account.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The language the person chose; null for the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>Whether contributions and badges are shown to nobody else.</summary>
    public bool HidesProfile { get; init; }

    /// <summary>Up to when the person has seen what is news to them; null for never.</summary>
    public Instant? NewsSeen { get; init; }

    /// <summary>Whether the person wants no mail about what is news to them.</summary>
    public bool NoDigest { get; init; }

    /// <summary>When news was last mailed to the person; null for never.</summary>
    public Instant? DigestedAt { get; init; }

    /// <summary>Whether both say the same.</summary>
    public bool Equals(Account? other) => other is not null
        && (Id, Version, Email, IsConfirmed, PasswordHash, Person, Name) == (other.Id, other.Version, other.Email, other.IsConfirmed, other.PasswordHash, other.Person, other.Name)
        && (Role, Created, Stamp, Failures, LockedUntil, IsClosed) == (other.Role, other.Created, other.Stamp, other.Failures, other.LockedUntil, other.IsClosed)
        && (Language, HidesProfile, NewsSeen, NoDigest, DigestedAt) == (other.Language, other.HidesProfile, other.NewsSeen, other.NoDigest, other.DigestedAt)
        && Teams.SequenceEqual(other.Teams, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version);
}

/// <summary>What an account may do on the whole server; each may do what those before it may. The numbers are stored: never renumber.</summary>
public enum Role : byte
{
    /// <summary>Vote, submit, discuss.</summary>
    Customer = 1,

    /// <summary>Besides, see all scores and export.</summary>
    Analyst = 2,

    /// <summary>Besides, open campaigns, and run those it is on the team of.</summary>
    Team = 3,

    /// <summary>Everything.</summary>
    Admin = 4,
}

/// <summary>A secret that was sent to somebody, to be used once; the secret itself is stored nowhere.</summary>
/// <param name="Hash">SHA-256 of the secret, 32 bytes.</param>
/// <param name="Purpose">What it is good for.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Expires">From when on it is refused.</param>
public sealed record OneTimeCode(byte[] Hash, CodePurpose Purpose, Id Account, Instant Expires);

/// <summary>What a one-time code is good for. The numbers are stored: never renumber.</summary>
public enum CodePurpose : byte
{
    /// <summary>To confirm the account's address.</summary>
    Confirm = 1,

    /// <summary>To choose a new password.</summary>
    Reset = 2,
}
