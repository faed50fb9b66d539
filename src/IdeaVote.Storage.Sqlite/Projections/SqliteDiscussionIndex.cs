using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The discussions' index in a SQLite file of its own. It holds ids, times and counts, and no text.</summary>
public sealed class SqliteDiscussionIndex : IDiscussionIndex, IAsyncDisposable
{
    /// <summary>How many events without a comment are passed over before it is written down that they were.</summary>
    private const int UnwrittenEvents = 50_000;

    private static readonly byte[] Lowest = [];
    private static readonly byte[] Highest = [.. Enumerable.Repeat((byte)0xFF, Id.ByteLength)];

    private int unwritten;

    private SqliteDiscussionIndex(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it; a new one starts before the first event.</summary>
    /// <param name="path">The file, such as <c>discussions.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteDiscussionIndex Open(string path)
    {
        var options = new SqliteFileOptions { Synchronous = SqliteSynchronous.Normal, Rebuildable = true };
        return new SqliteDiscussionIndex(SqliteDatabase.Open(path, options, DiscussionTables.Schema));
    }

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "discussions";

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(ProjectionPosition.Read, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        // Most of a feed are votes. To fold them again after a crash changes nothing, so they need not be written down at once.
        if (!events.Any(static recorded => recorded.Event is CommentEvent) && Interlocked.Add(ref unwritten, events.Count) < UnwrittenEvents)
            return;
        Volatile.Write(ref unwritten, 0);
        await Database.WriteAsync(
            session =>
            {
                foreach (var recorded in events)
                    if (recorded.Event is CommentEvent happened)
                        DiscussionFold.Apply(session, recorded, happened);
                return ProjectionPosition.Write(session, upTo);
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<ThreadPlace>> ThreadsAsync(
        CampaignId campaign, IdeaId idea, ThreadOrder order, bool withHidden, ThreadPlace? after, int max, CancellationToken cancellation = default)
    {
        var oldest = order == ThreadOrder.Oldest;
        var (at, id) = after is { } place ? (place.At.UnixMilliseconds, place.Thread.Value.ToBytes())
            : oldest ? (long.MinValue, Lowest) : (long.MaxValue, Highest);
        return Database.ReadAsync<IReadOnlyList<ThreadPlace>>(
            session => session.Rows(
                row => new ThreadPlace(new ThreadId(row.GetId(0)), new Instant(row.GetInt64(1))),
                oldest ? DiscussionTables.ByBeginning : DiscussionTables.ByActivity,
                campaign.Value.ToBytes(), idea.Value.ToBytes(), withHidden ? 1L : 0L, at, id, (long)Math.Max(max, 0)),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<ReportedComment>> ReportsAsync(
        CampaignId campaign, ReportedComment? after, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<ReportedComment>>(
            session => session.Rows(
                ToReported, DiscussionTables.Reports, campaign.Value.ToBytes(),
                after?.Since.UnixMilliseconds ?? long.MinValue, after?.Comment.Value.ToBytes() ?? Lowest, (long)Math.Max(max, 0)),
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(CampaignId campaign, IdeaId idea, int max, CancellationToken cancellation = default) =>
        ParticipantsAsync(DiscussionTables.OfIdea, campaign, idea.Value, max, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(CampaignId campaign, ThreadId thread, int max, CancellationToken cancellation = default) =>
        ParticipantsAsync(DiscussionTables.OfThread, campaign, thread.Value, max, cancellation);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(string query, CampaignId campaign, Id where, int max, CancellationToken cancellation) =>
        Database.ReadAsync<IReadOnlyList<Participant>>(
            session => session.Rows(row => new Participant(new VoterId(row.GetId(0)), new TextId(row.GetId(1))), query, campaign.Value.ToBytes(), where.ToBytes(), (long)Math.Max(max, 0)),
            cancellation);

    private static ReportedComment ToReported(SqliteDataReader row) => new(
        new IdeaId(row.GetId(0)), new ThreadId(row.GetId(1)), new CommentId(row.GetId(2)), row.GetInt32(3),
        [.. row.GetString(4).Split(',').Select(static concern => (Concern)byte.Parse(concern, System.Globalization.CultureInfo.InvariantCulture)).Order()],
        new Instant(row.GetInt64(5)));
}
