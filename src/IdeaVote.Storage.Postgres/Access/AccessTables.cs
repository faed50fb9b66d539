using IdeaVote.Storage.Postgres.Connections;

namespace IdeaVote.Storage.Postgres.Access;

/// <summary>The tables of tokens, rolls, claims and the secret, and what is said to them.</summary>
internal static class AccessTables
{
    public static readonly PostgresSchema Schema = new("accounts", Version: 1, Tables: """
        CREATE TABLE secret (number integer PRIMARY KEY CHECK (number = 1), value bytea NOT NULL);
        CREATE TABLE token (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id bytea NOT NULL UNIQUE, hash bytea NOT NULL, name text NOT NULL,
            scopes smallint NOT NULL, voter text, person bytea, address text, created bigint NOT NULL, expires bigint);
        CREATE INDEX token_person ON token (person) WHERE person IS NOT NULL;
        CREATE TABLE roll (campaign bytea NOT NULL, voter bytea NOT NULL, segment bytea, PRIMARY KEY (campaign, voter));
        CREATE TABLE claim (key bytea PRIMARY KEY, fingerprint bytea NOT NULL, at bigint NOT NULL);
        CREATE INDEX claim_age ON claim (at)
        """)
    {
        Later =
        [
            ("signing_key", "CREATE TABLE signing_key (number integer PRIMARY KEY CHECK (number = 1), value bytea NOT NULL)"),
            ("publication", "CREATE TABLE publication (campaign bytea PRIMARY KEY, value bytea NOT NULL)"),
        ],
    };

    /// <summary>The tables that hold something of persons.</summary>
    public const string PersonalTables = "token, roll";

    public const string AddSecret = "INSERT INTO secret VALUES (1, $1) ON CONFLICT DO NOTHING";

    public const string GetSecret = "SELECT value FROM secret";

    public const string AddSigningKey = "INSERT INTO signing_key VALUES (1, $1) ON CONFLICT DO NOTHING";

    public const string GetSigningKey = "SELECT value FROM signing_key";

    public const string AddPublication = "INSERT INTO publication VALUES ($1, $2) ON CONFLICT DO NOTHING";

    public const string GetPublication = "SELECT value FROM publication WHERE campaign = $1";

    public const string AddToken = """
        INSERT INTO token (id, hash, name, scopes, voter, person, address, created, expires)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING
        """;

    public const string HashOfToken = "SELECT hash FROM token WHERE id = $1";

    public const string ListTokens =
        "SELECT id, hash, name, scopes, voter, person, address, created, expires FROM token ORDER BY created, number";

    public const string RemoveToken = "DELETE FROM token WHERE id = $1";

    public const string RemoveTokensOfPerson = "DELETE FROM token WHERE person = $1 RETURNING id";

    public const string PutOnRoll = """
        INSERT INTO roll SELECT $1, * FROM unnest($2::bytea[], $3::bytea[])
        ON CONFLICT (campaign, voter) DO UPDATE SET segment = excluded.segment
        """;

    public const string FindOnRoll = "SELECT segment FROM roll WHERE campaign = $1 AND voter = $2";

    public const string RemoveFromRoll =
        "DELETE FROM roll WHERE (campaign, voter) IN (SELECT * FROM unnest($1::bytea[], $2::bytea[]))";

    /// <summary>Takes a key that nobody has or whose claim is too old; locks it in any case. Affects no row if it is taken.</summary>
    public const string TakeClaim = """
        INSERT INTO claim VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at WHERE claim.at < $4
        """;

    public const string GetClaim = "SELECT fingerprint FROM claim WHERE key = $1";

    /// <summary>A few each time, so that no single claim pays for a day's worth; and none that another call holds, so that no two calls wait for each other.</summary>
    public const string ForgetClaims =
        "DELETE FROM claim WHERE key IN (SELECT key FROM claim WHERE at < $1 ORDER BY at LIMIT 16 FOR UPDATE SKIP LOCKED)";
}
