using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>The index of news in a SQLite file of its own.</summary>
public sealed class SqliteNewsIndex : INewsIndex, IAsyncDisposable
{
    /// <summary>How many events without any news are passed over before it is written down that they were.</summary>
    private const int UnwrittenEvents = 50_000;

    private int unwritten;
    private long changes;

    private SqliteNewsIndex(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it; a new one starts before the first event.</summary>
    /// <param name="path">The file, such as <c>news.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteNewsIndex Open(string path) =>
        new(SqliteDatabase.Open(path, new SqliteFileOptions { Synchronous = SqliteSynchronous.Normal, Rebuildable = true }, NewsTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "news";

    /// <inheritdoc/>
    public long Changes => Volatile.Read(ref changes);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) => Database.ReadAsync(ProjectionPosition.Read, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        // Most of a feed are votes. To fold them again after a crash changes nothing, so they need not be written down at once.
        var isNews = events.Any(NewsFold.Takes);
        if (!isNews && Interlocked.Add(ref unwritten, events.Count) < UnwrittenEvents)
            return;
        Volatile.Write(ref unwritten, 0);
        await Database.WriteAsync(
            session =>
            {
                foreach (var recorded in events)
                    if (NewsFold.Takes(recorded))
                        NewsFold.Apply(session, recorded);
                return ProjectionPosition.Write(session, upTo);
            },
            cancellation);
        if (isNews)
            Interlocked.Increment(ref changes);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<CampaignId>> ActiveAsync(Instant after, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<CampaignId>>(
            session => session.Rows(row => new CampaignId(row.GetId(0)), NewsTables.Active, after.UnixMilliseconds, (long)Math.Max(max, 0)), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<IdeaStep>> StepsAsync(CampaignId campaign, Instant after, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<IdeaStep>>(
            session => session.Rows(ToStep, NewsTables.Steps, campaign.Value.ToBytes(), after.UnixMilliseconds, (long)Math.Max(max, 0)), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Remark>> RemarksAsync(
        CampaignId campaign, VoterId reader, Instant after, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<Remark>>(
            session =>
            {
                var remarks = new List<Remark>();
                foreach (var (kind, query) in new[]
                {
                    (RemarkKind.Reply, NewsTables.Replies), (RemarkKind.OnOwnIdea, NewsTables.OnOwnIdeas), (RemarkKind.InDiscussion, NewsTables.InDiscussions),
                    (RemarkKind.Hidden, NewsTables.Hidden),
                })
                    remarks.AddRange(session.Rows(
                        row => ToRemark(row, kind), query, campaign.Value.ToBytes(), reader.Value.ToBytes(), after.UnixMilliseconds, (long)Math.Max(max, 0)));
                return [.. remarks.OrderByDescending(static remark => remark.At)];
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<ReturnedInvestment>> ReturnsAsync(CampaignId campaign, VoterId voter, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<ReturnedInvestment>>(
            session => session.Rows(
                row => new ReturnedInvestment(new IdeaId(row.GetId(0)), new Instant(row.GetInt64(1)), new Instant(row.GetInt64(2)), row.GetInt32(3)),
                NewsTables.Returned, campaign.Value.ToBytes(), voter.Value.ToBytes(), (long)Math.Max(max, 0)),
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<bool> HasSpokenAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) =>
        Database.ReadAsync(session => session.Scalar(NewsTables.HasSpoken, campaign.Value.ToBytes(), voter.Value.ToBytes()) is 1L, cancellation);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static IdeaStep ToStep(SqliteDataReader row)
    {
        var isResult = row.GetFieldValue<byte[]>(0).Length == 0;
        return new IdeaStep(
            isResult ? null : new IdeaId(row.GetId(0)), new Instant(row.GetInt64(1)), (IdeaStatus)row.GetByte(2), (IdeaStatus)row.GetByte(3),
            row.GetIdOrNull(4) is { } text ? new TextId(text) : null);
    }

    private static Remark ToRemark(SqliteDataReader row, RemarkKind kind) => new(
        kind, new IdeaId(row.GetId(0)), new ThreadId(row.GetId(1)), new CommentId(row.GetId(2)), new Instant(row.GetInt64(3)), row.GetInt64(4) == 1, new TextId(row.GetId(5)),
        kind == RemarkKind.Hidden ? (Concern)row.GetByte(6) : null);
}
