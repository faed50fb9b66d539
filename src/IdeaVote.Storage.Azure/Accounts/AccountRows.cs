using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Accounts;

/// <summary>
/// The rows of the portal's accounts, all in one partition, so that what belongs together changes together: each account twice (by id, and by
/// address, which is what listings read), the person it is of, its codes, the number of administrators, and the keys of cookies.
/// </summary>
internal static class AccountRows
{
    /// <summary>The partition of all of them.</summary>
    public const string Partition = "people";

    /// <summary>The row that counts the administrators.</summary>
    public const string Admins = "admins";

    /// <summary>How many administrators there are.</summary>
    public const string Count = "Count";

    /// <summary>The account that a row leads to.</summary>
    public const string Account = "Account";

    private const string Purpose = "Purpose";
    private const string Expires = "Expires";
    private const string Hash = "Hash";
    private const string CookieKey = "CookieKey";

    /// <summary>Of a longer address so many bytes stand in its key, and then a hash: a key has 512 characters at most.</summary>
    private const int MaxAddressBytes = 200;

    /// <summary>The key of an account's own row.</summary>
    public static string Of(Id account) => $"a-{account}";

    /// <summary>The key of an account's row by its address. Keys are in the order of addresses, byte by byte.</summary>
    public static string Of(string email)
    {
        var bytes = Encoding.UTF8.GetBytes(email);
        return bytes.Length <= MaxAddressBytes
            ? $"e-{Convert.ToHexStringLower(bytes)}"
            : $"e-{Convert.ToHexStringLower(bytes.AsSpan(0, MaxAddressBytes))}-{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }

    /// <summary>The key of the row that leads from a person to the account.</summary>
    public static string Of(PersonId person) => $"p-{person}";

    /// <summary>The key of the row that leads from an account to its code for a purpose.</summary>
    public static string Of(Id account, CodePurpose purpose) => $"c-{account}-{(byte)purpose}";

    /// <summary>The key of a code's row.</summary>
    public static string OfCode(ReadOnlySpan<byte> hash) => $"h-{Convert.ToHexStringLower(hash)}";

    /// <summary>A filter: the accounts after an address.</summary>
    public static string After(string? email) => email is null ? Keys.Range(Partition, "e-", "e-~") : Keys.After(Partition, Of(email), "e-~");

    /// <summary>A filter: the keys of cookies.</summary>
    public static string CookieKeys => Keys.Range(Partition, "k-", "k-~");

    /// <summary>An account's row.</summary>
    /// <param name="key">One of its two keys.</param>
    /// <param name="account">The account, with the version it gets.</param>
    public static TableEntity Write(string key, Account account)
    {
        var row = new TableEntity(Partition, key)
        {
            [nameof(account.Id)] = account.Id.ToString(),
            [nameof(account.Version)] = account.Version,
            [nameof(account.Email)] = account.Email,
            [nameof(account.Person)] = account.Person.ToString(),
            [nameof(account.Name)] = account.Name,
            [nameof(account.Role)] = (int)account.Role,
        };
        Chunks.Put(row, Encoding.UTF8.GetBytes(AccountJson.Write(account)));
        return row;
    }

    /// <summary>The account of a row.</summary>
    public static Account Read(TableEntity row) => AccountJson.Read(
        row.Id(nameof(Engine.Accounts.Account.Id)), row.Number(nameof(Engine.Accounts.Account.Version)), row.Text(nameof(Engine.Accounts.Account.Email)),
        new PersonId(row.Id(nameof(Engine.Accounts.Account.Person))), row.Text(nameof(Engine.Accounts.Account.Name)),
        (Role)row.SmallNumber(nameof(Engine.Accounts.Account.Role)), Encoding.UTF8.GetString(Chunks.Get(row)));

    /// <summary>The row that leads from a person to the account.</summary>
    public static TableEntity Person(Account account) => new(Partition, Of(account.Person)) { [Account] = account.Id.ToString() };

    /// <summary>A code's row.</summary>
    public static TableEntity Write(OneTimeCode code) => new(Partition, OfCode(code.Hash))
    {
        [Account] = code.Account.ToString(),
        [Purpose] = (int)code.Purpose,
        [Expires] = code.Expires.UnixMilliseconds,
    };

    /// <summary>The code of a row.</summary>
    public static OneTimeCode ReadCode(TableEntity row, ReadOnlyMemory<byte> hash) =>
        new(hash.ToArray(), (CodePurpose)row.SmallNumber(Purpose), row.Id(Account), new Instant(row.Number(Expires)));

    /// <summary>The row that leads from an account to its code.</summary>
    public static TableEntity Pointer(OneTimeCode code) => new(Partition, Of(code.Account, code.Purpose)) { [Hash] = code.Hash };

    /// <summary>The hash that such a row leads to.</summary>
    public static byte[] HashOf(TableEntity pointer) => pointer.Bytes(Hash);

    /// <summary>The row of a cookie's key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ticks">When it was added, which puts them in order.</param>
    public static TableEntity WriteCookieKey(string key, long ticks) => new(Partition, $"k-{Keys.Number(ticks)}-{Guid.NewGuid():N}") { [CookieKey] = key };

    /// <summary>The key of such a row.</summary>
    public static string ReadCookieKey(TableEntity row) => row.Text(CookieKey);
}
