using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The tables of the invitations' index. A row is a voter who came by an invitation; times are in milliseconds.</summary>
internal static class InvitationTables
{
    public static readonly SqliteSchema Schema = new("the invitations' index", Mark: 0x4956_494E, Version: 1, Tables: ProjectionPosition.Tables + """
        CREATE TABLE invitation (
            campaign BLOB NOT NULL, voter BLOB NOT NULL, inviter BLOB NOT NULL, idea BLOB, at INTEGER NOT NULL, voted INTEGER,
            counts INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (campaign, voter)) WITHOUT ROWID;
        CREATE INDEX invitation_inviter ON invitation (campaign, inviter, counts, voted);
        """);

    public const string Any = "SELECT EXISTS (SELECT 1 FROM invitation)";

    public const string Add = "INSERT INTO invitation (campaign, voter, inviter, idea, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

    public const string Vote = "UPDATE invitation SET voted = ?3 WHERE campaign = ?1 AND voter = ?2 AND voted IS NULL";

    public const string StopCounting = "UPDATE invitation SET counts = 0 WHERE campaign = ?1 AND voter = ?2";

    public const string HasBrought = "SELECT EXISTS (SELECT 1 FROM invitation WHERE campaign = ?1 AND inviter = ?2 AND counts = 1)";

    private const string Columns = "SELECT voter, inviter, idea, at, voted, counts FROM invitation WHERE campaign = ?1";

    public const string Counting = Columns + " AND voter = ?2 AND counts = 1";

    public const string All = Columns + " ORDER BY voter";

    public const string Brought = "SELECT count(*), count(voted) FROM invitation WHERE campaign = ?1 AND inviter = ?2 AND counts = 1";
}
