using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// The tables of the backers index. Ideas have a small number here, so that the key of the one large table stays short:
/// a row a voter and idea, of the methods held (1 approval, 2 rating, 4 investment, 8 a place in the order, 16 a duel won) and the
/// investment's version (0 for none). An idea can win several duels of one voter: each has a row of its own besides. What the team made of
/// an idea that was ever merged stands in placement, whose votes follow it in following, and who is still to be told in moving and straggler.
/// </summary>
internal static class BackersTables
{
    public static readonly SqliteSchema Schema = new("the backers index", Mark: 0x4956_424B, Version: 4, Tables: ProjectionPosition.Tables + """
        CREATE TABLE idea (
            number INTEGER PRIMARY KEY, campaign BLOB NOT NULL, id BLOB NOT NULL, backers INTEGER NOT NULL DEFAULT 0, closed INTEGER,
            UNIQUE (campaign, id));
        CREATE TABLE backer (
            idea INTEGER NOT NULL, voter BLOB NOT NULL, held INTEGER NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (idea, voter)) WITHOUT ROWID;
        CREATE TABLE win (
            idea INTEGER NOT NULL, voter BLOB NOT NULL, loser INTEGER NOT NULL,
            PRIMARY KEY (idea, voter, loser)) WITHOUT ROWID;
        CREATE TABLE owed (number INTEGER PRIMARY KEY, idea INTEGER NOT NULL UNIQUE, cause INTEGER NOT NULL, after BLOB);
        CREATE TABLE late (
            number INTEGER PRIMARY KEY, idea INTEGER NOT NULL, voter BLOB NOT NULL, version INTEGER NOT NULL, cause INTEGER NOT NULL,
            UNIQUE (idea, voter));
        CREATE INDEX lost ON win (loser, voter);
        CREATE TABLE placement (idea INTEGER PRIMARY KEY, target BLOB, cause INTEGER NOT NULL);
        CREATE TABLE moving (number INTEGER PRIMARY KEY, idea INTEGER NOT NULL UNIQUE, after BLOB);
        CREATE TABLE following (idea INTEGER NOT NULL, voter BLOB NOT NULL, cause INTEGER NOT NULL, PRIMARY KEY (idea, voter)) WITHOUT ROWID;
        CREATE TABLE straggler (number INTEGER PRIMARY KEY AUTOINCREMENT, idea INTEGER NOT NULL, voter BLOB NOT NULL, UNIQUE (idea, voter));
        """)
    {
        CanBeMadeAgain = true,
    };

    public const string FindIdea = "SELECT number FROM idea WHERE campaign = ?1 AND id = ?2";

    public const string Closed = "SELECT campaign, id, closed FROM idea WHERE closed IS NOT NULL";

    public const string AddIdea = "INSERT INTO idea (campaign, id) VALUES (?1, ?2) RETURNING number";

    public const string CloseIdea = "UPDATE idea SET closed = ?2 WHERE number = ?1";

    public const string CountBackers = "UPDATE idea SET backers = backers + ?2 WHERE number = ?1";

    public const string GetCount = "SELECT backers FROM idea WHERE campaign = ?1 AND id = ?2";

    public const string AddBacker = "INSERT OR IGNORE INTO backer VALUES (?1, ?2, ?3, ?4)";

    public const string GetBacker = "SELECT held, version FROM backer WHERE idea = ?1 AND voter = ?2";

    public const string SetBacker = "UPDATE backer SET held = ?3, version = ?4 WHERE idea = ?1 AND voter = ?2";

    public const string RemoveBacker = "DELETE FROM backer WHERE idea = ?1 AND voter = ?2";

    public const string AddWin = "INSERT OR IGNORE INTO win VALUES (?1, ?2, ?3)";

    public const string RemoveWin = "DELETE FROM win WHERE idea = ?1 AND voter = ?2 AND loser = ?3";

    public const string AnyWin = "SELECT loser, 1 FROM win WHERE idea = ?1 AND voter = ?2 LIMIT 1";

    public const string Investors = """
        SELECT voter, version FROM backer
        WHERE idea = (SELECT number FROM idea WHERE campaign = ?1 AND id = ?2) AND voter > ?3 AND version > 0
        ORDER BY voter LIMIT ?4
        """;

    public const string Owe = "INSERT INTO owed (idea, cause) VALUES (?1, ?2)";

    public const string NextOwed =
        "SELECT idea.campaign, idea.id, owed.cause, owed.after FROM owed JOIN idea ON idea.number = owed.idea ORDER BY owed.number LIMIT 1";

    public const string CountOwed = "SELECT count(*) FROM (SELECT 1 FROM owed LIMIT ?1)";

    public const string CountLate = "SELECT count(*) FROM (SELECT 1 FROM late LIMIT ?1)";

    private const string Owed = "WHERE idea = (SELECT number FROM idea WHERE campaign = ?1 AND id = ?2) AND cause = ?3";

    public const string AdvanceOwed = "UPDATE owed SET after = ?4 " + Owed + " AND (after IS NULL OR after < ?4)";

    public const string FinishOwed = "DELETE FROM owed " + Owed;

    public const string ForgetOwed = "DELETE FROM owed WHERE idea = ?1";

    public const string AddLate = "INSERT INTO late (idea, voter, version, cause) VALUES (?1, ?2, ?3, ?4)";

    public const string ForgetLateOfIdea = "DELETE FROM late WHERE idea = ?1";

    public const string ForgetLate = "DELETE FROM late WHERE idea = ?1 AND voter = ?2";

    public const string GetLate = """
        SELECT idea.campaign, late.voter, idea.id, late.version, late.cause
        FROM late JOIN idea ON idea.number = late.idea ORDER BY late.number LIMIT ?1
        """;

    public const string FinishLate =
        "DELETE FROM late WHERE idea = (SELECT number FROM idea WHERE campaign = ?1 AND id = ?2) AND voter = ?3 AND version = ?4 AND cause = ?5";
}
