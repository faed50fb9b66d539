using IdeaVote.Storage.Postgres.Connections;

namespace IdeaVote.Storage.Postgres.Accounts;

/// <summary>The tables of the portal's accounts, and what is said to them.</summary>
/// <remarks>Texts are compared and put in order byte by byte (<c>"C"</c>), whatever language the database was made for.</remarks>
internal static class AccountTables
{
    public static readonly PostgresSchema Schema = new("people", Version: 1, Tables: """
        CREATE TABLE account (
            id bytea PRIMARY KEY, version bigint NOT NULL, email text COLLATE "C" NOT NULL UNIQUE, person bytea NOT NULL UNIQUE, name text COLLATE "C" NOT NULL,
            role smallint NOT NULL, content text NOT NULL);
        CREATE INDEX account_admin ON account (role) WHERE role = 4;
        CREATE TABLE code (
            account bytea NOT NULL, purpose smallint NOT NULL, hash bytea NOT NULL UNIQUE, expires bigint NOT NULL, PRIMARY KEY (account, purpose));
        CREATE TABLE cookie_key (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, content text NOT NULL)
        """);

    /// <summary>The tables that hold something of persons.</summary>
    public const string PersonalTables = "account, code";

    private const string Columns = "id, version, email, person, name, role, content";

    public const string HasAdmin = "SELECT EXISTS (SELECT 1 FROM account WHERE role = 4)";

    /// <summary>Keeps all other changes of accounts out until the transaction ends; readers are not kept out.</summary>
    public const string LockAccounts = "LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE";

    public const string Add = $"INSERT INTO account ({Columns}) VALUES ($1, 1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";

    public const string Find = $"SELECT {Columns} FROM account WHERE id = $1";

    public const string FindByEmail = $"SELECT {Columns} FROM account WHERE email = $1";

    public const string FindByPersons = $"SELECT {Columns} FROM account WHERE person = ANY ($1)";

    // strpos has no wildcards, so nothing that is searched for needs to be escaped.
    public const string List = $"""
        SELECT {Columns} FROM account
        WHERE email > $1 AND ($2 IS NULL OR strpos(email, lower($2 COLLATE "C")) > 0 OR strpos(lower(name), lower($2 COLLATE "C")) > 0)
        ORDER BY email LIMIT $3
        """;

    public const string Replace =
        "UPDATE account SET version = version + 1, email = $3, name = $4, role = $5, content = $6 WHERE id = $1 AND version = $2";

    public const string Remove = "DELETE FROM account WHERE id = $1";

    public const string RemoveCodes = "DELETE FROM code WHERE account = $1";

    public const string PutCode = """
        INSERT INTO code (account, purpose, hash, expires) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account, purpose) DO UPDATE SET hash = excluded.hash, expires = excluded.expires
        """;

    public const string TakeCode = "DELETE FROM code WHERE hash = $1 AND purpose = $2 RETURNING account, expires";

    public const string CookieKeys = "SELECT content FROM cookie_key ORDER BY number";

    public const string AddCookieKey = "INSERT INTO cookie_key (content) VALUES ($1)";
}
