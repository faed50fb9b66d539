using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>The tables of a journal file, and their version.</summary>
internal static class JournalSchema
{
    /// <summary>The version of the tables. A file of a newer one is refused; an older one would be upgraded here.</summary>
    public const int Version = 1;

    /// <summary>A block is so many positions wide, as a power of two.</summary>
    public const int BlockBits = 12;

    // Rows are appended in the order of their key, which SQLite does several times faster than any other insert: there is no
    // index per event. `block` says which stretches of the journal hold anything of a campaign, so that a small campaign's
    // feed does not read a large one's.
    private const string Tables = """
        CREATE TABLE journal (position INTEGER PRIMARY KEY, campaign INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL);
        CREATE TABLE campaign (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
        CREATE TABLE block (campaign INTEGER NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (campaign, block)) WITHOUT ROWID;
        CREATE TABLE snapshot (stream BLOB PRIMARY KEY, version INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE board (campaign BLOB PRIMARY KEY, position INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, format INTEGER NOT NULL);
        CREATE TABLE fence (partition TEXT PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;
        """;

    // Came later; programs that do not know it do not mind.
    private const string Later =
        "CREATE TABLE IF NOT EXISTS seal (id INTEGER PRIMARY KEY CHECK (id = 1), snapshots INTEGER NOT NULL, checkpoint INTEGER NOT NULL)";

    /// <summary>Makes the tables in a new file.</summary>
    /// <returns>Whether the file's version is one this program can use.</returns>
    public static bool TryPrepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar());
        if (version == 0)
        {
            command.CommandText = $"BEGIN IMMEDIATE; {Tables} PRAGMA user_version = {Version}; COMMIT;";
            command.ExecuteNonQuery();
            version = Version;
        }
        if (version != Version)
            return false;
        command.CommandText = Later;
        command.ExecuteNonQuery();
        return true;
    }
}
