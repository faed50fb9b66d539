using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Texts;

/// <summary>
/// The tables of the texts. Rows are only ever appended, and emptied in place when their document goes: SQLite then never
/// moves a row from one page to another, so that no page keeps a copy of it beyond its used part, and what secure_delete
/// overwrites was the only one. An emptied row takes about ten bytes for ever.
/// </summary>
internal static class TextTables
{
    public static readonly SqliteSchema Schema = new("texts", Mark: 0x4956_5458, Version: 1, Tables: """
        CREATE TABLE text (
            number INTEGER PRIMARY KEY, id BLOB, kind INTEGER, campaign BLOB, key BLOB, owner BLOB, salt BLOB, content BLOB);
        CREATE UNIQUE INDEX text_by_id ON text (id) WHERE id IS NOT NULL;
        CREATE INDEX text_by_owner ON text (owner) WHERE owner IS NOT NULL;
        """);

    public const string Get = "SELECT id, kind, campaign, key, owner, salt, content FROM text WHERE id = ?1";

    public const string OfPerson = "SELECT id, kind, campaign, key FROM text WHERE owner = ?1 ORDER BY number";

    public const string Add = "INSERT INTO text (id, kind, campaign, key, owner, salt, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string Emptied =
        "UPDATE text SET id = NULL, kind = NULL, campaign = NULL, key = NULL, owner = NULL, salt = NULL, content = NULL";

    public const string EmptyOne = Emptied + " WHERE id = ?1";

    public const string EmptyPersons = Emptied + " WHERE owner = ?1";

    /// <summary>An index does move its entries between pages; writing it anew leaves no copy of an erased person's id.</summary>
    public const string WriteOwnersAnew = "REINDEX text_by_owner";
}
