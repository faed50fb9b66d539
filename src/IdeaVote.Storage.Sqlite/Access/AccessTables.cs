using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Access;

/// <summary>The tables of tokens, rolls, claims and the secret.</summary>
internal static class AccessTables
{
    public static readonly SqliteSchema Schema = new("accounts", Mark: 0x4956_4143, Version: 1, Tables: SqliteErasure.Tables + """
        CREATE TABLE secret (number INTEGER PRIMARY KEY CHECK (number = 1), value BLOB NOT NULL);
        CREATE TABLE token (
            number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, hash BLOB NOT NULL, name TEXT NOT NULL, scopes INTEGER NOT NULL,
            voter TEXT, person BLOB, address TEXT, created INTEGER NOT NULL, expires INTEGER);
        CREATE INDEX token_by_person ON token (person) WHERE person IS NOT NULL;
        CREATE TABLE roll (
            campaign BLOB NOT NULL, voter BLOB NOT NULL, segment BLOB, PRIMARY KEY (campaign, voter)) WITHOUT ROWID;
        CREATE TABLE claim (key BLOB PRIMARY KEY, fingerprint BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX claim_by_age ON claim (at);
        """)
    {
        Later = """
            CREATE TABLE IF NOT EXISTS signing_key (number INTEGER PRIMARY KEY CHECK (number = 1), value BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS publication (campaign BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            """,
    };

    public const string AddSecret = "INSERT OR IGNORE INTO secret VALUES (1, ?1)";

    public const string GetSecret = "SELECT value FROM secret";

    public const string AddSigningKey = "INSERT OR IGNORE INTO signing_key VALUES (1, ?1)";

    public const string GetSigningKey = "SELECT value FROM signing_key";

    public const string AddPublication = "INSERT OR IGNORE INTO publication VALUES (?1, ?2)";

    public const string GetPublication = "SELECT value FROM publication WHERE campaign = ?1";

    public const string AddToken = """
        INSERT INTO token (id, hash, name, scopes, voter, person, address, created, expires)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING
        """;

    public const string HashOfToken = "SELECT hash FROM token WHERE id = ?1";

    public const string ListTokens =
        "SELECT id, hash, name, scopes, voter, person, address, created, expires FROM token ORDER BY created, number";

    public const string RemoveToken = "DELETE FROM token WHERE id = ?1";

    public const string TokensOfPerson = "SELECT id FROM token WHERE person = ?1 ORDER BY created, number";

    public const string RemoveTokensOfPerson = "DELETE FROM token WHERE person = ?1";

    public const string PutOnRoll =
        "INSERT INTO roll VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET segment = excluded.segment";

    public const string FindOnRoll = "SELECT segment FROM roll WHERE campaign = ?1 AND voter = ?2";

    public const string RemoveFromRoll = "DELETE FROM roll WHERE campaign = ?1 AND voter = ?2";

    /// <summary>A few each time, so that no single claim pays for a day's worth.</summary>
    public const string ForgetClaims = "DELETE FROM claim WHERE key IN (SELECT key FROM claim WHERE at < ?1 ORDER BY at LIMIT 16)";

    public const string GetClaim = "SELECT fingerprint FROM claim WHERE key = ?1 AND at >= ?2";

    public const string PutClaim =
        "INSERT INTO claim VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at";
}
