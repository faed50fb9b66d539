using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Accounts;

/// <summary>
/// The stored form of an account's lesser properties, which no store searches by: stores keep id, version, address, person, name and role in
/// columns of their own. Stored accounts outlive this version, so they may hold what it does not know.
/// </summary>
public static class AccountJson
{
    /// <summary>Writes what has no column.</summary>
    public static string Write(Account account) => JsonSerializer.Serialize(
        new StoredAccount(
            account.IsConfirmed, account.PasswordHash, account.Teams, account.Created.UnixMilliseconds, account.Stamp.ToString(), account.Failures,
            account.LockedUntil?.UnixMilliseconds, account.IsClosed, account.Language, account.HidesProfile, account.NewsSeen?.UnixMilliseconds,
            account.NoDigest, account.DigestedAt?.UnixMilliseconds),
        StoredAccountContext.Default.StoredAccount);

    /// <summary>Reads an account.</summary>
    /// <exception cref="InvalidDataException">The content is not of an account.</exception>
    public static Account Read(Id id, long version, string email, PersonId person, string name, Role role, string content)
    {
        StoredAccount? stored;
        try
        {
            stored = JsonSerializer.Deserialize(content, StoredAccountContext.Default.StoredAccount);
        }
        catch (JsonException)
        {
            stored = null;
        }
        if (stored is null || !Id.TryParse(stored.Stamp, out var stamp))
            throw new InvalidDataException($"The stored account {id} is damaged.");
        return new Account
        {
            Id = id,
            Version = version,
            Email = email,
            Person = person,
            Name = name,
            Role = role,
            IsConfirmed = stored.Confirmed,
            PasswordHash = stored.PasswordHash,
            Teams = stored.Teams.IsDefault ? [] : stored.Teams,
            Created = new Instant(stored.Created),
            Stamp = stamp,
            Failures = stored.Failures,
            LockedUntil = stored.LockedUntil is { } until ? new Instant(until) : null,
            IsClosed = stored.Closed,
            Language = stored.Language,
            HidesProfile = stored.HidesProfile,
            NewsSeen = stored.NewsSeen is { } seen ? new Instant(seen) : null,
            NoDigest = stored.NoDigest,
            DigestedAt = stored.DigestedAt is { } digested ? new Instant(digested) : null,
        };
    }
}

internal sealed record StoredAccount(
    bool Confirmed, string PasswordHash, ImmutableArray<string> Teams, long Created, string Stamp, int Failures, long? LockedUntil, bool Closed,
    string? Language, bool HidesProfile, long? NewsSeen = null, bool NoDigest = false, long? DigestedAt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredAccount))]
internal sealed partial class StoredAccountContext : JsonSerializerContext;
