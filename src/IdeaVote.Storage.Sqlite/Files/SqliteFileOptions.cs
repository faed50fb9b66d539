namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>When a commit waits for the disk.</summary>
public enum SqliteSynchronous
{
    /// <summary>Not at every commit: a power cut may undo the last ones, but never breaks the file. For what can be rebuilt.</summary>
    Normal = 1,

    /// <summary>At every commit: what is committed survives a power cut.</summary>
    Full = 2,
}

/// <summary>How a connection to a SQLite file is opened.</summary>
public sealed record SqliteFileOptions
{
    /// <summary>When a commit waits for the disk.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Whether deleted content is overwritten with zeros.</summary>
    public bool SecureDelete { get; init; }

    /// <summary>Whether the connection only reads; the file must exist then.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The most memory for cached pages of this connection, in KiB, 64 or more.</summary>
    public int CacheKib { get; init; } = 8 * 1024;

    /// <summary>The size of a page in bytes, a power of two from 512 to 65,536; only a new file obeys it.</summary>
    public int PageBytes { get; init; } = 4096;

    /// <summary>How many pages the write-ahead log gathers before a commit copies them into the file, 1 or more.</summary>
    public int CheckpointPages { get; init; } = 1000;

    /// <summary>How long to wait for a lock that another connection holds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether everything in the file can be made again from the journal, so that deleting it is a way out.</summary>
    public bool Rebuildable { get; init; }
}
