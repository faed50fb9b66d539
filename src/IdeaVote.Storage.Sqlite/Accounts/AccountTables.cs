using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Accounts;

/// <summary>The tables of the accounts.</summary>
internal static class AccountTables
{
    public static readonly SqliteSchema Schema = new("portal accounts", Mark: 0x4956_5045, Version: 1, Tables: SqliteErasure.Tables + """
        CREATE TABLE account (
            id BLOB PRIMARY KEY, version INTEGER NOT NULL, email TEXT NOT NULL UNIQUE, person BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
            role INTEGER NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX account_admin ON account (role) WHERE role = 4;
        CREATE TABLE code (
            account BLOB NOT NULL, purpose INTEGER NOT NULL, hash BLOB NOT NULL UNIQUE, expires INTEGER NOT NULL, PRIMARY KEY (account, purpose)) WITHOUT ROWID;
        CREATE TABLE cookie_key (number INTEGER PRIMARY KEY, content TEXT NOT NULL);
        """);

    private const string Columns = "id, version, email, person, name, role, content";

    public const string HasAdmin = "SELECT EXISTS (SELECT 1 FROM account WHERE role = 4)";

    public const string Add = $"INSERT OR IGNORE INTO account ({Columns}) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6)";

    public const string AddFirstAdmin =
        $"INSERT OR IGNORE INTO account ({Columns}) SELECT ?1, 1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM account WHERE role = 4)";

    public const string Find = $"SELECT {Columns} FROM account WHERE id = ?1";

    public const string FindByEmail = $"SELECT {Columns} FROM account WHERE email = ?1";

    public const string FindByPerson = $"SELECT {Columns} FROM account WHERE person = ?1";

    // instr has no wildcards, so nothing that is searched for needs to be escaped.
    public const string List = $"""
        SELECT {Columns} FROM account WHERE email > ?1 AND (?2 IS NULL OR instr(email, lower(?2)) > 0 OR instr(lower(name), lower(?2)) > 0)
        ORDER BY email LIMIT ?3
        """;

    public const string Replace =
        "UPDATE OR IGNORE account SET version = version + 1, email = ?3, name = ?4, role = ?5, content = ?6 WHERE id = ?1 AND version = ?2";

    public const string Remove = "DELETE FROM account WHERE id = ?1";

    public const string RemoveCodes = "DELETE FROM code WHERE account = ?1";

    public const string PutCode = "INSERT OR REPLACE INTO code (account, purpose, hash, expires) VALUES (?1, ?2, ?3, ?4)";

    public const string TakeCode = "DELETE FROM code WHERE hash = ?1 AND purpose = ?2 RETURNING account, expires";

    public const string CookieKeys = "SELECT content FROM cookie_key ORDER BY number";

    public const string AddCookieKey = "INSERT INTO cookie_key (content) VALUES (?1)";
}
