using IdeaVote.Engine;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>How far a projection's file goes, a row for each partition of the journal.</summary>
internal static class ProjectionPosition
{
    public const string Tables = """
        CREATE TABLE position (partition TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;

        """;

    private const string Get = "SELECT partition, position FROM position";

    private const string Set =
        "INSERT INTO position VALUES (?1, ?2) ON CONFLICT (partition) DO UPDATE SET position = excluded.position";

    public static Position Read(SqliteSession session) =>
        Position.Of(session.Rows(row => new PartitionOffset(row.GetString(0), row.GetInt64(1)), Get));

    /// <summary>Sets the places of the partitions named; those of others stay.</summary>
    public static int Write(SqliteSession session, Position position)
    {
        foreach (var (partition, offset) in position.Partitions)
            session.Execute(Set, partition, offset);
        return position.Partitions.Length;
    }
}
