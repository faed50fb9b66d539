using System.Text;
using IdeaVote.Engine.Journal;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>What a file holds. Its mark and version are written in its header, so that no file is taken for another.</summary>
/// <param name="Name">What to call the file in messages.</param>
/// <param name="Mark">The file's <c>application_id</c>, different for each kind of file.</param>
/// <param name="Version">The version of its tables, from 1. A newer one is refused; an older one would be upgraded here.</param>
/// <param name="Tables">The statements that make its tables.</param>
internal sealed record SqliteSchema(string Name, int Mark, int Version, string Tables)
{
    /// <summary>
    /// The statements that make tables which came later and which older programs do not mind, each <c>IF NOT EXISTS</c>; they run
    /// whenever the file is opened.
    /// </summary>
    public string Later { get; init; } = "";

    /// <summary>Whether what the file holds is made again from the journal: then older tables give way to new, empty ones.</summary>
    public bool CanBeMadeAgain { get; init; }

    /// <summary>Makes the tables in a new file, or checks that they are the ones this program knows.</summary>
    /// <exception cref="JournalException">The file is of another kind or of a newer version.</exception>
    public void Prepare(SqliteConnection connection, string path)
    {
        var version = Read(connection, "PRAGMA user_version");
        var mark = Read(connection, "PRAGMA application_id");
        var isNew = version == 0 && mark == 0 && Read(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (isNew || (mark == Mark && version < Version && CanBeMadeAgain))
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                $"BEGIN IMMEDIATE; {DropAll(connection)} {Tables} {Later} PRAGMA application_id = {Mark}; PRAGMA user_version = {Version}; COMMIT;";
            command.ExecuteNonQuery();
            return;
        }
        if (mark != Mark)
            throw new JournalException($"The file {path} is a database, but not one of IdeaVote's {Name}. Check the server's folder; nothing was changed.");
        if (version != Version)
        {
            throw new JournalException(
                $"The file {path} holds {Name} in format {version}; this program knows format {Version}. Start the version of IdeaVote that wrote it, or a newer one.");
        }
        if (Later.Length == 0)
            return;
        using var later = connection.CreateCommand();
        later.CommandText = Later;
        later.ExecuteNonQuery();
    }

    /// <summary>Virtual tables first: they take the tables behind them along.</summary>
    private static string DropAll(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC";
        using var tables = command.ExecuteReader();
        var drops = new StringBuilder();
        while (tables.Read())
            drops.Append($"DROP TABLE IF EXISTS \"{tables.GetString(0)}\"; ");
        return drops.ToString();
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
