using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>
/// The journal in one SQLite file: write-ahead log, every commit synced to the disk. One partition, one writer; any number of
/// readers beside it. Its snapshots lie in the same file (<see cref="Snapshots"/>).
/// </summary>
public sealed class SqliteJournal : IJournalStore, IDisposable
{
    /// <summary>The name of the one partition a file holds.</summary>
    public const string Partition = "0";

    private readonly string path;
    private readonly SqliteConnection writer;
    private readonly JournalAppender appender;
    private readonly JournalReaders readers;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to open it; by default with every commit synced.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public SqliteJournal(string path, SqliteFileOptions? options = null)
    {
        this.path = path;
        writer = SqliteFile.Open(path, options ?? new SqliteFileOptions());
        try
        {
            if (!JournalSchema.TryPrepare(writer))
                throw new JournalException($"The journal {path} was written by another version of IdeaVote; start the version that wrote it, or a newer one.");
            appender = new JournalAppender(writer);
            readers = new JournalReaders(path);
            Snapshots = new SqliteSnapshots(path, writer);
        }
        catch (SqliteException e)
        {
            writer.Dispose();
            throw SqliteFile.Explain(e, path);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>The snapshots in the same file. They are saved on the writer's connection: save where appends are made, never beside them.</summary>
    public SqliteSnapshots Snapshots { get; }

    /// <inheritdoc/>
    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default)
    {
        Check(partition);
        return new ValueTask<JournalHead>(Explained(() => appender.Begin(partition)));
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        Check(partition);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            appender.Append(partition, expected, fence, records);
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(e, path);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        Check(partition);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        return new ValueTask<IReadOnlyList<StoredRecord>>(Explained(() => readers.Read(
            reader => campaign is { } only ? reader.ReadCampaign(only, after, max) : reader.ReadAll(after, max))));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int Page = 1_000;
        long after = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await ReadAsync(partition, after, stream.Campaign, Page, cancellation);
            foreach (var record in page)
            {
                var recorded = EventReader.Read(record.Body);
                if (recorded.Stream == stream && recorded.Version >= fromVersion)
                    yield return record;
            }
            if (page.Count == 0)
                yield break;
            after = page[^1].Position;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default)
    {
        long version = 0;
        await foreach (var record in ReadStreamAsync(partition, stream, 1, cancellation))
            version = EventReader.Read(record.Body).Version;
        return version;
    }

    /// <inheritdoc/>
    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default)
    {
        Check(partition);
        return new ValueTask<StoredRecord?>(Explained(() => readers.Read(reader => reader.LastOf(campaign, atOrBefore))));
    }

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default)
    {
        Check(partition);
        return new ValueTask<long>(Explained(() => readers.Read(reader => reader.Head())));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> PartitionsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        if (Explained(() => readers.Read(reader => reader.IsBegun(Partition))))
            yield return Partition;
    }

    /// <summary>The value of a setting of the writing connection, as SQLite itself reports it.</summary>
    /// <param name="pragma">The setting's name, such as <c>journal_mode</c> or <c>synchronous</c>.</param>
    public string ReadBackSetting(string pragma)
    {
        if (!pragma.All(c => char.IsAsciiLetterLower(c) || c == '_'))
            throw new ArgumentException("A setting's name is lower-case letters and underscores.", nameof(pragma));
        using var command = writer.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return Convert.ToString(command.ExecuteScalar()) ?? "";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        appender.Dispose();
        readers.Dispose();
        Snapshots.Dispose();
        writer.Dispose();
    }

    private T Explained<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(e, path);
        }
    }

    private static void Check(string partition)
    {
        if (!string.Equals(partition, Partition, StringComparison.Ordinal))
            throw new ArgumentException($"This journal has one partition, '{Partition}'.", nameof(partition));
    }
}
