using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The tables of the news. Moments are in milliseconds; a step without an idea is a campaign's result; what came back without
/// credits are votes that followed a merge.</summary>
internal static class NewsTables
{
    public static readonly SqliteSchema Schema = new("the index of news", Mark: 0x4956_4E57, Version: 1, Tables: ProjectionPosition.Tables + """
        CREATE TABLE step (
            campaign BLOB NOT NULL, at INTEGER NOT NULL, idea BLOB NOT NULL, version INTEGER NOT NULL, old INTEGER NOT NULL, new INTEGER NOT NULL, text BLOB,
            PRIMARY KEY (campaign, at, idea, version)) WITHOUT ROWID;
        CREATE INDEX step_at ON step (at);
        CREATE TABLE author (campaign BLOB NOT NULL, voter BLOB NOT NULL, idea BLOB NOT NULL, PRIMARY KEY (campaign, voter, idea)) WITHOUT ROWID;
        CREATE TABLE remark (
            campaign BLOB NOT NULL, thread BLOB NOT NULL, comment BLOB NOT NULL, idea BLOB NOT NULL, at INTEGER NOT NULL, author BLOB, answered BLOB, text BLOB NOT NULL,
            hidden INTEGER, hidden_at INTEGER, PRIMARY KEY (campaign, thread, comment)) WITHOUT ROWID;
        CREATE INDEX remark_answered ON remark (campaign, answered, at) WHERE answered IS NOT NULL;
        CREATE INDEX remark_idea ON remark (campaign, idea, at);
        CREATE INDEX remark_author ON remark (campaign, author, idea) WHERE author IS NOT NULL;
        CREATE INDEX remark_at ON remark (at);
        CREATE INDEX remark_hidden_at ON remark (hidden_at) WHERE hidden_at IS NOT NULL;
        CREATE TABLE returned (
            campaign BLOB NOT NULL, voter BLOB NOT NULL, idea BLOB NOT NULL, first INTEGER NOT NULL, at INTEGER NOT NULL, credits INTEGER NOT NULL,
            PRIMARY KEY (campaign, voter, idea)) WITHOUT ROWID;
        """);

    public const string AddStep = "INSERT INTO step VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    public const string AddAuthor = "INSERT OR IGNORE INTO author VALUES (?1, ?2, ?3)";

    public const string AuthorOf = "SELECT author FROM remark WHERE campaign = ?1 AND thread = ?2 AND comment = ?3";

    public const string AddRemark = "INSERT INTO remark (campaign, thread, comment, idea, at, author, answered, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    public const string SetText = "UPDATE remark SET text = ?4 WHERE campaign = ?1 AND thread = ?2 AND comment = ?3";

    public const string SetHidden = "UPDATE remark SET hidden = ?4, hidden_at = ?5 WHERE campaign = ?1 AND thread = ?2 AND comment = ?3";

    public const string Forget = "DELETE FROM remark WHERE campaign = ?1 AND thread = ?2 AND comment = ?3";

    /// <summary>An earlier text that was erased is nowhere here.</summary>
    public const string ForgetText = "DELETE FROM remark WHERE campaign = ?1 AND thread = ?2 AND comment = ?3 AND text = ?4";

    public const string PutReturned = """
        INSERT INTO returned VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (campaign, voter, idea) DO UPDATE SET first = excluded.first, at = excluded.at, credits = excluded.credits
        """;

    public const string DropReturned = "DELETE FROM returned WHERE campaign = ?1 AND voter = ?2 AND idea = ?3";

    public const string Active = """
        SELECT campaign, max(at) AS latest FROM (
            SELECT campaign, at FROM step WHERE at > ?1
            UNION ALL SELECT campaign, at FROM remark WHERE at > ?1
            UNION ALL SELECT campaign, hidden_at FROM remark WHERE hidden_at > ?1)
        GROUP BY campaign ORDER BY latest DESC, campaign LIMIT ?2
        """;

    public const string Steps = "SELECT idea, at, old, new, text FROM step WHERE campaign = ?1 AND at > ?2 ORDER BY at DESC, idea, version DESC LIMIT ?3";

    private const string Columns = "idea, thread, comment, at, author IS NULL, text";

    private const string OfOthers = "campaign = ?1 AND at > ?3 AND hidden IS NULL AND author IS NOT ?2";

    private const string Newest = "ORDER BY at DESC, comment LIMIT ?4";

    public const string Replies = $"SELECT {Columns} FROM remark WHERE {OfOthers} AND answered = ?2 {Newest}";

    public const string OnOwnIdeas = $"""
        SELECT {Columns} FROM remark WHERE {OfOthers} AND answered IS NOT ?2
        AND idea IN (SELECT idea FROM author WHERE campaign = ?1 AND voter = ?2) {Newest}
        """;

    public const string InDiscussions = $"""
        SELECT {Columns} FROM remark WHERE {OfOthers} AND answered IS NOT ?2
        AND idea IN (SELECT idea FROM remark WHERE campaign = ?1 AND author = ?2)
        AND idea NOT IN (SELECT idea FROM author WHERE campaign = ?1 AND voter = ?2) {Newest}
        """;

    public const string Hidden = """
        SELECT idea, thread, comment, hidden_at, 0, text, hidden FROM remark
        WHERE campaign = ?1 AND author = ?2 AND hidden_at > ?3 ORDER BY hidden_at DESC, comment LIMIT ?4
        """;

    public const string Returned = "SELECT idea, first, at, credits FROM returned WHERE campaign = ?1 AND voter = ?2 ORDER BY at DESC, idea LIMIT ?3";

    public const string HasSpoken = """
        SELECT EXISTS (SELECT 1 FROM author WHERE campaign = ?1 AND voter = ?2) OR EXISTS (SELECT 1 FROM remark WHERE campaign = ?1 AND author = ?2)
        """;
}
