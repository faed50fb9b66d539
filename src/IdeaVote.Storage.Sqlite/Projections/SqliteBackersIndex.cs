using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>Who backed which idea, in a SQLite file of its own: folds are large, and a file has one writer.</summary>
public sealed class SqliteBackersIndex : IBackersIndex, IAsyncDisposable
{
    // Voters' ids are hashes, so a fold touches pages all over the file: keep many of them in memory, and copy them from the
    // log into the file rarely.
    private static readonly SqliteFileOptions Options = new()
    {
        Synchronous = SqliteSynchronous.Normal,
        Rebuildable = true,
        CacheKib = 128 * 1024,
        CheckpointPages = 32_768,
    };

    private SqliteBackersIndex(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it; a new one starts at position 0.</summary>
    /// <param name="path">The file, such as <c>backers.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteBackersIndex Open(string path) => Open(path, Options);

    internal static SqliteBackersIndex Open(string path, SqliteFileOptions options) => new(SqliteDatabase.Open(path, options, BackersTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "backers";

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<long> LoadPositionAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(session => (long)session.Scalar(BackersTables.GetPosition)!, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, long upTo, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session =>
            {
                new BackersFold(session).Apply(events);
                return session.Execute(BackersTables.SetPosition, upTo);
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<OwedRefund?> NextRefundAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(
            session => session.Row(
                row => new OwedRefund(
                    new CampaignId(row.GetId(0)), new IdeaId(row.GetId(1)), row.GetInt64(2),
                    row.GetIdOrNull(3) is { } after ? new VoterId(after) : null),
                BackersTables.NextOwed),
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Backer>> InvestorsAsync(
        CampaignId campaign, IdeaId idea, VoterId? after, int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<Backer>>(
            session => session.Rows(
                row => new Backer(new VoterId(row.GetId(0)), row.GetInt64(1)),
                BackersTables.Investors,
                // An empty value sorts before every id.
                campaign.Value.ToBytes(), idea.Value.ToBytes(), after?.Value.ToBytes() ?? [], (long)Math.Max(max, 0)),
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask AdvanceAsync(OwedRefund refund, VoterId? upTo, CancellationToken cancellation = default)
    {
        var (campaign, idea) = (refund.Campaign.Value.ToBytes(), refund.Idea.Value.ToBytes());
        await Database.WriteAsync(
            session => upTo is { } voter
                ? session.Execute(BackersTables.AdvanceOwed, campaign, idea, refund.Cause, voter.Value.ToBytes())
                : session.Execute(BackersTables.FinishOwed, campaign, idea, refund.Cause),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<LateRefund>> LateRefundsAsync(int max, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<LateRefund>>(
            session => session.Rows(ToLate, BackersTables.GetLate, (long)Math.Max(max, 0)), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask FinishAsync(IReadOnlyCollection<LateRefund> refunds, CancellationToken cancellation = default)
    {
        var finished = refunds.ToArray();
        await Database.WriteAsync(
            session =>
            {
                foreach (var late in finished)
                    session.Execute(
                        BackersTables.FinishLate, late.Campaign.Value.ToBytes(), late.Idea.Value.ToBytes(), late.Voter.Value.ToBytes(), late.Version, late.Cause);
                return finished.Length;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default) =>
        Database.ReadAsync(
            session => (long?)session.Scalar(BackersTables.GetCount, campaign.Value.ToBytes(), idea.Value.ToBytes()) ?? 0, cancellation);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static LateRefund ToLate(SqliteDataReader row) => new(
        new CampaignId(row.GetId(0)), new VoterId(row.GetId(1)), new IdeaId(row.GetId(2)), row.GetInt64(3), row.GetInt64(4));
}
