using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// The tables of the discussions' index. A thread's `active` and `began` are moments in milliseconds; `visible` and `hidden` count its
/// comments. `report` has the reports that are open.
/// </summary>
internal static class DiscussionTables
{
    public static readonly SqliteSchema Schema = new("the discussions' index", Mark: 0x4956_4449, Version: 1, Tables: ProjectionPosition.Tables + """
        CREATE TABLE thread (
            number INTEGER PRIMARY KEY, campaign BLOB NOT NULL, id BLOB NOT NULL, idea BLOB NOT NULL, began INTEGER NOT NULL, active INTEGER NOT NULL,
            visible INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, UNIQUE (campaign, id));
        CREATE INDEX thread_active ON thread (campaign, idea, active, id);
        CREATE INDEX thread_began ON thread (campaign, idea, began, id);
        CREATE TABLE comment (
            thread INTEGER NOT NULL, id BLOB NOT NULL, author BLOB, text BLOB NOT NULL, at INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (thread, id)) WITHOUT ROWID;
        CREATE TABLE report (
            campaign BLOB NOT NULL, thread INTEGER NOT NULL, comment BLOB NOT NULL, voter BLOB NOT NULL, concern INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (campaign, thread, comment, voter)) WITHOUT ROWID;
        """);

    public const string FindThread = "SELECT number FROM thread WHERE campaign = ?1 AND id = ?2";

    public const string AddThread = "INSERT INTO thread (campaign, id, idea, began, active) VALUES (?1, ?2, ?3, ?4, ?4) RETURNING number";

    public const string Revive = "UPDATE thread SET active = max(active, ?2) WHERE number = ?1";

    public const string Count = "UPDATE thread SET visible = visible + ?2, hidden = hidden + ?3 WHERE number = ?1";

    public const string AddComment = "INSERT INTO comment (thread, id, author, text, at) VALUES (?1, ?2, ?3, ?4, ?5)";

    public const string IsHidden = "SELECT hidden FROM comment WHERE thread = ?1 AND id = ?2";

    public const string SetHidden = "UPDATE comment SET hidden = ?3 WHERE thread = ?1 AND id = ?2";

    public const string ForgetAuthor = "UPDATE comment SET author = NULL WHERE thread = ?1 AND id = ?2";

    /// <summary>A report keeps its time when its reason changes.</summary>
    public const string PutReport = """
        INSERT INTO report (campaign, thread, comment, voter, concern, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (campaign, thread, comment, voter) DO UPDATE SET concern = excluded.concern
        """;

    public const string Settle = "DELETE FROM report WHERE campaign = ?1 AND thread = ?2 AND comment = ?3";

    private const string Shown = "campaign = ?1 AND idea = ?2 AND (visible > 0 OR (?3 AND hidden > 0))";

    public const string ByActivity = $"SELECT id, active FROM thread WHERE {Shown} AND (active, id) < (?4, ?5) ORDER BY active DESC, id DESC LIMIT ?6";

    public const string ByBeginning = $"SELECT id, began FROM thread WHERE {Shown} AND (began, id) > (?4, ?5) ORDER BY began, id LIMIT ?6";

    public const string Reports = """
        SELECT thread.idea, thread.id, report.comment, count(*), group_concat(DISTINCT report.concern), min(report.at) AS since
        FROM report JOIN thread ON thread.number = report.thread
        WHERE report.campaign = ?1 GROUP BY report.thread, report.comment
        HAVING (min(report.at), report.comment) > (?2, ?3) ORDER BY since, report.comment LIMIT ?4
        """;

    // The text is that of the comment with the least time: what SQLite gives for a column beside min().
    public const string OfIdea = """
        SELECT comment.author, comment.text, min(comment.at) AS first FROM thread JOIN comment ON comment.thread = thread.number
        WHERE thread.campaign = ?1 AND thread.idea = ?2 AND comment.author IS NOT NULL
        GROUP BY comment.author ORDER BY first DESC, comment.author LIMIT ?3
        """;

    public const string OfThread = """
        SELECT comment.author, comment.text, min(comment.at) AS first FROM thread JOIN comment ON comment.thread = thread.number
        WHERE thread.campaign = ?1 AND thread.id = ?2 AND comment.author IS NOT NULL
        GROUP BY comment.author ORDER BY first, comment.author LIMIT ?3
        """;
}
