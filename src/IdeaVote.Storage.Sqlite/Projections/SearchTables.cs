using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The tables of the search index. `held` names every text whose words the file has ever held and not yet erased.</summary>
internal static class SearchTables
{
    public static readonly SqliteSchema Schema = new("the search index", Mark: 0x4956_5345, Version: 2, Tables: SqliteErasure.Tables + ProjectionPosition.Tables + """
        CREATE TABLE campaign (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
        CREATE TABLE idea (number INTEGER PRIMARY KEY, campaign INTEGER NOT NULL, id BLOB NOT NULL, text BLOB, UNIQUE (campaign, id));
        CREATE TABLE held (text BLOB PRIMARY KEY) WITHOUT ROWID;
        CREATE VIRTUAL TABLE words USING fts5 (campaign, title, body, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
        """)
    {
        CanBeMadeAgain = true,
    };

    public const string FindCampaign = "SELECT number FROM campaign WHERE id = ?1";

    public const string AddCampaign = "INSERT INTO campaign (id) VALUES (?1) RETURNING number";

    /// <summary>Sets an idea's current text. The number stays.</summary>
    public const string PutIdea =
        "INSERT INTO idea (campaign, id, text) VALUES (?1, ?2, ?3) ON CONFLICT (campaign, id) DO UPDATE SET text = excluded.text RETURNING number";

    public const string IdeaOfText = "SELECT number FROM idea WHERE campaign = ?1 AND id = ?2 AND text = ?3";

    public const string AddHeld = "INSERT OR IGNORE INTO held VALUES (?1)";

    public const string IsHeld = "SELECT 1 FROM held WHERE text = ?1";

    public const string RemoveHeld = "DELETE FROM held WHERE text = ?1";

    public const string RemoveWords = "DELETE FROM words WHERE rowid = ?1";

    public const string AddWords = "INSERT INTO words (rowid, campaign, title, body, tags) VALUES (?1, ?2, ?3, ?4, ?5)";

    /// <summary>Merges all parts of the index into a new one; does nothing where there is one part only.</summary>
    public const string Merge = "INSERT INTO words (words) VALUES ('optimize')";

    /// <summary>A title counts ten times a body, a tag five times; the campaign, which all share, not at all.</summary>
    public const string Search = """
        SELECT idea.id FROM words JOIN idea ON idea.number = words.rowid WHERE words MATCH ?1
        ORDER BY bm25(words, 0.0, 10.0, 1.0, 5.0), words.rowid LIMIT ?2
        """;

    /// <summary>The word that stands for a campaign in its ideas' rows.</summary>
    public static string CampaignWord(long campaign) => $"c{campaign}";
}
